/** A report on service level objectives: interval logs are merged by endpoint and held against what was promised. */
package dev.maar.adopters.slo;
