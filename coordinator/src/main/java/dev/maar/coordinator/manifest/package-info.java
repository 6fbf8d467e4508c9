/** Reads subject and adopter manifests, with every mistake named by file and line, and selects adopters. */
@NullMarked
package dev.maar.coordinator.manifest;

import org.jspecify.annotations.NullMarked;
