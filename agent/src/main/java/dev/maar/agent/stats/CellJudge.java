package dev.maar.agent.stats;

import dev.maar.agent.job.Phase;
import dev.maar.agent.job.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a cell is called regressed, improved, unchanged, suspect or inconclusive. Pure functions; thread-safe.
 *
 * <p>m is the practical threshold, HL the Hodges-Lehmann estimate, the interval the 90 % one. All defaults are in {@link MeasuringRules}. "Inside" means
 * strictly inside (-m, +m); "reaches m" is everything else, on either side of zero. Rules are tried from the top; the first that
 * fits, applies. Nothing is looked at between the scheduled sizes, and pairs beyond the look that decided are ignored.
 *
 * <table>
 * <caption>Screen: a look at the first 8 pairs, then at the first 16</caption>
 * <tr><th>the look finds</th><th>then</th></tr>
 * <tr><td>agents agree, interval inside</td><td><b>unchanged</b>, even when small and significant: it can not reach m</td></tr>
 * <tr><td>|HL| &gt;= m/2 and one-sided p &lt;= 0.10 (second look: 0.05)</td><td>candidate: confirm with fresh pairs</td></tr>
 * <tr><td>anything else, first look</td><td>8 more pairs</td></tr>
 * <tr><td>anything else, last look, agents disagree</td><td><b>suspect</b></td></tr>
 * <tr><td>anything else, last look</td><td><b>inconclusive</b>; the interval reaches m, and either contains 0 and so is at least m wide, or HL is under m/2</td></tr>
 * </table>
 *
 * <table>
 * <caption>Confirmation: fresh pairs only, a look at the first 16, then at the first 32 ({@code quick}: 8 and 16)</caption>
 * <tr><th>the look finds</th><th>then</th></tr>
 * <tr><td>agents agree, interval inside</td><td><b>unchanged</b></td></tr>
 * <tr><td>agents agree, HL &gt;= m in the screen's direction, p &lt;= 0.01 (last look: 0.05)</td><td><b>regressed</b> when that direction is the worse, otherwise <b>improved</b></td></tr>
 * <tr><td>agents agree, HL &lt;= m/3 in the screen's direction, first look</td><td><b>inconclusive</b>: the estimate itself is in the null
 * hypothesis, so more pairs would hardly confirm anything</td></tr>
 * <tr><td>anything else, first look</td><td>more pairs, up to the last look's</td></tr>
 * <tr><td>anything else, last look, agents agree, interval contains 0 or |HL| &lt; m</td><td><b>inconclusive</b>: the interval reaches m, and a change that matters is not what the fresh pairs show</td></tr>
 * <tr><td>anything else, last look</td><td><b>suspect</b>: |HL| &gt;= m and not 0 but not proven, the other direction, or agents that disagree</td></tr>
 * </table>
 *
 * <p>The confirmation's p is one-sided in the screen's direction, against |effect| &lt;= m/3, adjusted for the looks: min(p16/0.6, p32/0.4). Giving up early can only
 * lose a find, so it needs no adjustment.
 *
 * <p>{@link #settle} then takes all cells of the experiment: a regressed or improved cell whose q over the candidates is above 0.05 becomes <b>suspect</b>.
 *
 * <p>Pairs of several agents are strata: ranked within each agent, never across. Agents disagree when Cochran's Q has p &lt;= 0.01 and their estimates are
 * more than m apart. A disagreement never decides early; what it leaves undecided at the last look is suspect.
 */
public final class CellJudge {

    private final MeasuringRules rules;

    /**
     * A judge by some rules.
     *
     * @param rules the constants
     */
    public CellJudge(final MeasuringRules rules) {
        this.rules = rules;
    }

    /**
     * What to do about a cell of one agent for whose metric lower is better.
     *
     * @param screen the effects of the screen's pairs, ln(b/a), in the order of the schedule
     * @param confirm those of the confirmation's; ignored as long as the screen has not made a candidate
     * @param threshold m as ln(b/a), positive
     * @return how many more pairs of which phase, or the ruling
     * @throws IllegalArgumentException when an effect is not finite or the threshold not positive
     */
    public Next next(final double[] screen, final double[] confirm, final double threshold) {
        return next(Better.LOWER, Reading.ofOneAgent(screen), Reading.ofOneAgent(confirm), threshold);
    }

    /**
     * What to do about a cell.
     *
     * @param better which way the metric improves
     * @param screen the screen's pairs, in the order of the schedule
     * @param confirm the confirmation's; ignored as long as the screen has not made a candidate
     * @param threshold m as ln(b/a), positive
     * @return how many more pairs of which phase, or the ruling
     * @throws IllegalArgumentException when the threshold is not positive
     */
    public Next next(
            final Better better, final List<Reading> screen, final List<Reading> confirm, final double threshold) {
        return new Course(better, screen, confirm, threshold).next();
    }

    /**
     * The ruling on a cell that gets no more pairs, decided or not: an undecided screen is inconclusive, an undecided confirmation suspect.
     *
     * @param better which way the metric improves
     * @param screen the screen's pairs, in the order of the schedule
     * @param confirm the confirmation's
     * @param threshold m as ln(b/a), positive
     * @return the ruling, resting on the last complete look, or on all pairs when there was none; empty when there is no pair at all
     * @throws IllegalArgumentException when the threshold is not positive
     */
    public Optional<Ruling> stopped(
            final Better better, final List<Reading> screen, final List<Reading> confirm, final double threshold) {
        return screen.isEmpty()
                ? Optional.empty()
                : Optional.of(new Course(better, screen, confirm, threshold).stopped());
    }

    /**
     * The final rulings of an experiment: the candidates' p-values are adjusted for there being many (Benjamini-Hochberg), and what does not hold
     * becomes suspect. Controls are not part of it; leave them out.
     *
     * @param rulings the rulings on all its cells
     * @return the final ones, in the same order
     */
    public List<Ruling> settle(final List<Ruling> rulings) {
        final double[] q = BenjaminiHochberg.adjust(rulings.stream()
                .filter(Ruling::candidate)
                .mapToDouble(ruling -> ruling.estimate().p())
                .toArray());
        final List<Ruling> settled = new ArrayList<>();
        int candidate = 0;
        for (final Ruling ruling : rulings) {
            settled.add(ruling.candidate() ? settled(ruling, q[candidate++]) : ruling);
        }
        return List.copyOf(settled);
    }

    private Ruling settled(final Ruling ruling, final double q) {
        final boolean changed = ruling.verdict() == Verdict.REGRESSED || ruling.verdict() == Verdict.IMPROVED;
        return ruling.withQ(q, changed && q > rules.discoveryRate() ? Verdict.SUSPECT : ruling.verdict());
    }

    /** The looks at one cell, one after the other. */
    private final class Course {

        private final Better better;
        private final List<Reading> screen;
        private final List<Reading> confirm;
        private final double threshold;

        Course(final Better better, final List<Reading> screen, final List<Reading> confirm, final double threshold) {
            if (!(threshold > 0 && Double.isFinite(threshold))) {
                throw new IllegalArgumentException("the threshold is " + threshold + "; it must be positive");
            }
            this.better = better;
            this.screen = screen;
            this.confirm = confirm;
            this.threshold = threshold;
        }

        Next next() {
            if (screen.isEmpty()) {
                return new Next.More(Phase.SCREEN, rules.screen().get(0).pairs());
            }
            final Position position = screened();
            return position.missing().<Next>map(more -> more).orElseGet(() -> new Next.Ruled(position.standing()));
        }

        Ruling stopped() {
            return screened().standing();
        }

        private Position screened() {
            Ruling standing = screenRuling(Verdict.INCONCLUSIVE, evidence(screen, screen.size()));
            for (final MeasuringRules.Look look : rules.screen()) {
                if (screen.size() < look.pairs()) {
                    return Position.missing(Phase.SCREEN, look.pairs() - screen.size(), standing);
                }
                final Evidence evidence = evidence(screen, look.pairs());
                if (evidence.unchanged()) {
                    return Position.decided(screenRuling(Verdict.UNCHANGED, evidence));
                }
                if (Math.abs(evidence.effect()) >= rules.candidateShare() * threshold
                        && evidence.pAgainstNone() <= look.level()) {
                    return confirmed(evidence);
                }
                standing = screenRuling(evidence.agentsDisagree() ? Verdict.SUSPECT : Verdict.INCONCLUSIVE, evidence);
            }
            return Position.decided(standing);
        }

        private Position confirmed(final Evidence screened) {
            final int direction = screened.effect() > 0 ? 1 : -1;
            Ruling standing = candidateRuling(Verdict.SUSPECT, Phase.SCREEN, screened, 1);
            double p = 1;
            for (final MeasuringRules.Look look : rules.confirm()) {
                if (confirm.size() < look.pairs()) {
                    return Position.missing(Phase.CONFIRM, look.pairs() - confirm.size(), standing);
                }
                final Evidence evidence = evidence(confirm, look.pairs());
                p = Math.min(p, evidence.pBeyond(rules.nullShare() * threshold, direction) / look.level());
                if (evidence.unchanged()) {
                    return Position.decided(candidateRuling(Verdict.UNCHANGED, Phase.CONFIRM, evidence, p));
                }
                if (direction * evidence.effect() >= threshold && p <= levelAt(look) && !evidence.agentsDisagree()) {
                    final Verdict verdict = direction == better.worse() ? Verdict.REGRESSED : Verdict.IMPROVED;
                    return Position.decided(candidateRuling(verdict, Phase.CONFIRM, evidence, p));
                }
                standing = candidateRuling(unconfirmed(evidence), Phase.CONFIRM, evidence, p);
                if (standing.verdict() == Verdict.INCONCLUSIVE
                        && direction * evidence.effect() <= rules.nullShare() * threshold) {
                    return Position.decided(standing);
                }
            }
            return Position.decided(standing);
        }

        /** Fresh pairs that still show a change of m or more, and leave no room for none, speak for one without proving it; others say nothing. */
        private Verdict unconfirmed(final Evidence evidence) {
            final Estimate estimate = evidence.estimate(1, 1);
            final boolean mayBeNothing = estimate.effectLow() < 0 && estimate.effectHigh() > 0;
            final boolean matters = Math.abs(evidence.effect()) >= threshold;
            return matters && !mayBeNothing || evidence.agentsDisagree() ? Verdict.SUSPECT : Verdict.INCONCLUSIVE;
        }

        private double levelAt(final MeasuringRules.Look look) {
            final int last = rules.confirm().size() - 1;
            return look.equals(rules.confirm().get(last)) ? rules.confirmLevel() : rules.earlyLevel();
        }

        private Evidence evidence(final List<Reading> readings, final int pairs) {
            return new Evidence(readings.subList(0, pairs), rules, threshold);
        }

        private Ruling screenRuling(final Verdict verdict, final Evidence evidence) {
            return new Ruling(
                    verdict,
                    false,
                    Phase.SCREEN,
                    evidence.estimate(evidence.pAgainstNone(), 1),
                    evidence.agents(),
                    evidence.agentsDisagree(),
                    threshold,
                    verdict == Verdict.INCONCLUSIVE ? evidence.pairsToDecide() : 0);
        }

        private Ruling candidateRuling(
                final Verdict verdict, final Phase phase, final Evidence evidence, final double p) {
            return new Ruling(
                    verdict,
                    true,
                    phase,
                    evidence.estimate(p, p),
                    evidence.agents(),
                    evidence.agentsDisagree(),
                    threshold,
                    verdict == Verdict.INCONCLUSIVE ? evidence.pairsToDecide() : 0);
        }
    }

    /** How far the looks have come: what is missing until the next one, and the ruling if nothing more comes. */
    private record Position(Optional<Next.More> missing, Ruling standing) {

        static Position decided(final Ruling ruling) {
            return new Position(Optional.empty(), ruling);
        }

        static Position missing(final Phase phase, final int pairs, final Ruling standing) {
            return new Position(Optional.of(new Next.More(phase, pairs)), standing);
        }
    }
}
