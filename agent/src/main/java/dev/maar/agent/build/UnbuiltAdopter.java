package dev.maar.agent.build;

/** An adopter that runs as it is. */
final class UnbuiltAdopter implements AdopterBuild {

    private final BuildContext context;

    UnbuiltAdopter(final BuildContext context) {
        this.context = context;
    }

    @Override
    public Result build(final AdopterWork work, final boolean testsToo) {
        return Result.passed(0, CommandAdopter.plainClassPath(work, context));
    }
}
