package dev.maar.agent.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class BenjaminiHochbergPropertyTest {

    @Provide
    Arbitrary<double[]> chances() {
        return Arbitraries.doubles()
                .between(0, 1)
                .ofScale(3)
                .array(double[].class)
                .ofMaxSize(40);
    }

    @Property
    void adjustedValuesKeepTheOrderAndAreNeverSmaller(@ForAll("chances") final double[] p) {
        final double[] q = BenjaminiHochberg.adjust(p);
        for (int i = 0; i < p.length; i++) {
            assertThat(q[i]).isBetween(p[i], 1.0);
            for (int j = 0; j < p.length; j++) {
                if (p[i] <= p[j]) {
                    assertThat(q[i]).isLessThanOrEqualTo(q[j]);
                }
            }
        }
    }

    @Property
    void rejectsWhatTheStepUpProcedureRejects(@ForAll("chances") final double[] p) {
        final double[] sorted = p.clone();
        Arrays.sort(sorted);
        double limit = -1;
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i] <= 0.05 * (i + 1) / sorted.length) {
                limit = sorted[i];
            }
        }
        final double[] q = BenjaminiHochberg.adjust(p);
        for (int i = 0; i < p.length; i++) {
            // Equality is a matter of rounding; everything else must agree.
            if (Math.abs(q[i] - 0.05) > 1e-12) {
                assertThat(q[i] <= 0.05).isEqualTo(p[i] <= limit);
            }
        }
    }

    @Property
    void oneMoreHopelessCandidateMakesNoOtherMoreCertain(@ForAll("chances") final double[] p) {
        final double[] longer = Arrays.copyOf(p, p.length + 1);
        longer[p.length] = 1;
        final double[] before = BenjaminiHochberg.adjust(p);
        final double[] after = BenjaminiHochberg.adjust(longer);
        for (int i = 0; i < p.length; i++) {
            assertThat(after[i]).isGreaterThanOrEqualTo(before[i]);
        }
    }

    @Example
    void oneAloneStaysAsItIs() {
        assertThat(BenjaminiHochberg.adjust(new double[] {0.03})).containsExactly(new double[] {0.03}, within(0.0));
    }

    @Example
    void whatIsNoChanceIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> BenjaminiHochberg.adjust(new double[] {0.1, 1.5}));
        assertThatIllegalArgumentException().isThrownBy(() -> BenjaminiHochberg.adjust(new double[] {Double.NaN}));
    }
}
