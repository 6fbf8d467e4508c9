package dev.maar.agent.stats;

/**
 * What some pairs say of an effect. Effects are ln(b/a); ratios are b/a, above 1 when b's value is larger.
 *
 * @param effect the Hodges-Lehmann estimate
 * @param effectLow the lower end of its interval
 * @param effectHigh the upper end
 * @param confidence the interval's confidence
 * @param p one-sided. Of a candidate: against an effect within the null of the confirmation, in the screen's direction, adjusted for the looks
 *     taken; 1 while no look at the confirmation is complete. Of any other cell: the screen's, against no effect, in the estimate's direction
 * @param q the p of a candidate adjusted for all candidates of the experiment; before that, p. Of any other cell 1: nothing is claimed of it
 * @param pairs how many pairs it rests on
 */
public record Estimate(
        double effect, double effectLow, double effectHigh, double confidence, double p, double q, int pairs) {

    /**
     * The estimate as a ratio.
     *
     * @return b/a
     */
    public double ratio() {
        return Math.exp(effect);
    }

    /**
     * The lower end of the interval as a ratio.
     *
     * @return b/a
     */
    public double low() {
        return Math.exp(effectLow);
    }

    /**
     * The upper end of the interval as a ratio.
     *
     * @return b/a
     */
    public double high() {
        return Math.exp(effectHigh);
    }

    /**
     * The smallest effect that this interval can tell from none.
     *
     * @return half the interval's width, as ln(b/a)
     */
    public double resolution() {
        return (effectHigh - effectLow) / 2;
    }

    Estimate withP(final double newP, final double newQ) {
        return new Estimate(effect, effectLow, effectHigh, confidence, newP, newQ, pairs);
    }
}
