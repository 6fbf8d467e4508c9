/** What the farm must not forget, in SQL: experiments, jobs, results, agents, costs. The only package that speaks SQL. */
@NullMarked
package dev.maar.coordinator.store;

import org.jspecify.annotations.NullMarked;
