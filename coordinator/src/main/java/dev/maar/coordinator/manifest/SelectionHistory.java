package dev.maar.coordinator.manifest;

import java.util.List;

/** What a selection asks of earlier experiments. */
public interface SelectionHistory {

    /** No history: both questions are answered with an error. */
    SelectionHistory NONE = new SelectionHistory() {
        @Override
        public List<String> top(final int count) throws SelectionException {
            throw new SelectionException("'top:" + count + "' needs stored experiments and there are none here; "
                    + "run 'all' once, or ask a farm with --coordinator URL");
        }

        @Override
        public List<String> failed(final String experiment) throws SelectionException {
            throw new SelectionException(
                    "'failed:" + experiment + "' needs stored experiments and there are none here; "
                            + "name the adopters, or ask a farm with --coordinator URL");
        }
    };

    /**
     * The adopters that found most: those with the most regressions over the stored experiments, the most first.
     *
     * @param count how many at most
     * @return their names
     * @throws SelectionException when there is no history
     */
    List<String> top(int count) throws SelectionException;

    /**
     * The adopters that an experiment did not find in order: regressed, mismatch, broken, error, suspect or inconclusive.
     *
     * @param experiment the experiment's id
     * @return their names
     * @throws SelectionException when there is no such experiment
     */
    List<String> failed(String experiment) throws SelectionException;
}
