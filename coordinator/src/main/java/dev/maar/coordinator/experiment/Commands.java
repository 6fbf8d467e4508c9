package dev.maar.coordinator.experiment;

import dev.maar.agent.job.Both;
import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.Stage;
import dev.maar.agent.source.SideSpec;
import dev.maar.coordinator.manifest.AdopterManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The commands that do an experiment, or one cell of it, again: with the same sides, seed and budget. Immutable. */
final class Commands {

    private final Request request;
    private final String sides;

    Commands(final Request request, final SideSpec specA, final Both<Side> resolved) {
        this.request = request;
        this.sides = " --a " + quoted(fixed(specA, resolved.a())) + " --b " + quoted(fixed(request.b(), resolved.b()));
    }

    String run() {
        final StringBuilder command = new StringBuilder("./maar run" + sides);
        command.append(" --adopters ")
                .append(request.adopters().stream().map(AdopterManifest::name).collect(Collectors.joining(",")));
        command.append(" --stages ")
                .append(request.stages().stream().map(Stage::label).collect(Collectors.joining(",")));
        return command.append(common()).toString();
    }

    String cell(final CellKey key) {
        final String setting = key.setting().isEmpty() ? "" : " --case " + quoted(key.caseId());
        return "./maar jig " + key.adopter() + "/" + key.jig() + setting + sides + common();
    }

    private String common() {
        final List<String> words = new ArrayList<>();
        words.add("--budget " + request.budget().label());
        words.add("--seed " + request.seed());
        request.options().forEach(option -> words.add(quoted(option)));
        return " " + String.join(" ", words);
    }

    /** A ref moves, its commit does not; what is uncommitted has no other name than CURRENT. */
    private static SideSpec fixed(final SideSpec spec, final Side side) {
        return spec.base() instanceof SideSpec.Ref
                ? new SideSpec(new SideSpec.Ref(side.commit()), spec.jdk(), spec.jvmArgs(), spec.env(), spec.patches())
                : spec;
    }

    private static String quoted(final Object word) {
        final String text = word instanceof final SideSpec spec ? spec.text() : word.toString();
        return text.matches("[A-Za-z0-9_./:=,+@%^~-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
