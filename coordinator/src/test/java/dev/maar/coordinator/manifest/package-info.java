/** Tests of the manifests and of the selection of adopters. */
@NullMarked
package dev.maar.coordinator.manifest;

import org.jspecify.annotations.NullMarked;
