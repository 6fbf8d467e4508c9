package dev.maar.agent.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SideSpecTest {

    @Test
    void everythingTogether() throws Exception {
        final SideSpec spec = SideSpec.parse(
                "main~2+jdk=25+jvm=-XX:+UseZGC+jvm=-Xmx1g+env=A=1=2+env=B=+patch=a+b.diff+patch=/tmp/c.diff");

        assertThat(spec.base()).isEqualTo(new SideSpec.Ref("main~2"));
        assertThat(spec.jdk()).contains("25");
        assertThat(spec.jvmArgs()).containsExactly("-XX:+UseZGC", "-Xmx1g");
        assertThat(spec.env()).containsExactly(Map.entry("A", "1=2"), Map.entry("B", ""));
        assertThat(spec.patches()).containsExactly("a+b.diff", "/tmp/c.diff");
    }

    @Test
    void aPlusBeginsAModifierOnlyBeforeOneOfTheFourWords() throws Exception {
        assertThat(SideSpec.parse("feature/c++").base()).isEqualTo(new SideSpec.Ref("feature/c++"));
        assertThat(SideSpec.parse("a+jdkx=1").base()).isEqualTo(new SideSpec.Ref("a+jdkx=1"));
        assertThat(SideSpec.parse("a+jvm=-Da=b+c").jvmArgs()).containsExactly("-Da=b+c");
    }

    @Test
    void theLiveCheckoutAndReleases() throws Exception {
        assertThat(SideSpec.parse("CURRENT").base()).isEqualTo(new SideSpec.Current());
        assertThat(SideSpec.parse("release:1.2+jdk=17").base()).isEqualTo(new SideSpec.Release("1.2"));
        assertThat(SideSpec.parse("current").base()).isEqualTo(new SideSpec.Ref("current"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | names nothing to start from",
                "+jdk=17 | names nothing to start from",
                "--upload-pack=x | can not be a git ref",
                "a b | can not be a git ref",
                "release: | has no version",
                "main+jdk= | +jdk= has no value",
                "main+jvm=+jvm=-Xmx1g | +jvm= has no value",
                "main+jdk=17+jdk=25 | +jdk= is there twice",
                "main+env=A | +env=A is not +env=NAME=VALUE",
                "main+env=1A=b | is not +env=NAME=VALUE",
                "main+env=A=1+env=A=2 | +env=A= is there twice",
                "main+patch= | +patch= has no value"
            })
    void whatIsNotASideIsRefusedWithTheGrammar(final String text, final String reason) {
        assertThatThrownBy(() -> SideSpec.parse(text))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining(SideSpec.GRAMMAR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "CURRENT+jdk=17", "release:3.9.0", "HEAD~3+jvm=-XX:+UseZGC+env=A=b+patch=x.diff"})
    void textGivesBackWhatWasWritten(final String text) throws Exception {
        assertThat(SideSpec.parse(text).text()).isEqualTo(text);
    }

    @Property
    void whatIsWrittenOutIsReadBackTheSame(@ForAll("sides") final SideSpec spec) throws Exception {
        assertThat(SideSpec.parse(spec.text())).isEqualTo(spec);
    }

    @Property
    void whatIsParsedIsEitherUnderstoodOrRefusedWithTheGrammar(@ForAll("scraps") final List<String> parts) {
        final String text = String.join("", parts);
        try {
            assertThat(SideSpec.parse(text).text()).isNotBlank();
        } catch (final SourceException e) {
            assertThat(e).hasMessageContaining(SideSpec.GRAMMAR);
        }
    }

    @Provide
    Arbitrary<List<String>> scraps() {
        return Arbitraries.of(
                        "+jdk=", "+jvm=", "+env=", "+patch=", "A=b", "+", "=", "main", "17", "release:", "CURRENT", " ")
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<SideSpec> sides() {
        final Arbitrary<String> value =
                Arbitraries.of("-XX:+UseZGC", "a+b", "x=y", "/some/where.diff", "1", "+", "c++");
        final Arbitrary<String> name = Arbitraries.of("A", "B_2", "_c");
        final Arbitrary<SideSpec.Base> base = Arbitraries.of(
                new SideSpec.Current(),
                new SideSpec.Ref("main"),
                new SideSpec.Ref("c++"),
                new SideSpec.Ref("origin/a+b=c"),
                new SideSpec.Release("1.2.3+build"));
        return Combinators.combine(
                        base,
                        value.optional(),
                        value.list().ofMaxSize(3),
                        Arbitraries.maps(name, value).ofMaxSize(3),
                        value.list().ofMaxSize(3))
                .as(SideSpec::new);
    }
}
