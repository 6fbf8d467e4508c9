package dev.maar.coordinator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.maar.coordinator.experiment.PlanException;
import dev.maar.coordinator.inner.LoopEvent;
import dev.maar.coordinator.manifest.AdopterManifest;
import dev.maar.coordinator.manifest.Manifests;
import dev.maar.coordinator.mcp.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;

/** What a coding agent can have done, as tools: thin callers of the commands that people use, with the same options. */
final class McpTools {

    private static final String SIDES = """
            "a": {"type": "string", "description": "baseline: a git ref, release:VERSION or CURRENT; default: merge base of HEAD and the default branch"},
            "b": {"type": "string", "description": "candidate; default: CURRENT, the checkout with its uncommitted edits"},
            "budget": {"type": "string", "enum": ["quick", "standard", "thorough"], "description": "default: quick, about a minute a case"},
            "manifests": {"type": "string", "description": "folder of manifests; default: adopter-manifests"},
            "subject": {"type": "string", "description": "library that is judged; default: transport-runtime"}
            """;

    private final MaarCommand maar;
    private final ObjectMapper mapper =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    McpTools(final MaarCommand maar) {
        this.maar = maar;
    }

    /** The tools. */
    List<Tool> all() {
        return List.of(
                new Tool(
                        "list_adopters",
                        "The apps that can be measured: a JSON array with each adopter's name, description, subject and jigs"
                                + " (its hot paths) with their cases.",
                        schema("\"manifests\": {\"type\": \"string\"}", ""),
                        this::adopters),
                new Tool(
                        "run_jig",
                        "Builds one adopter on two sides and measures its hot path. Takes half a minute to two minutes a"
                                + " case. Answers JSON: verdict, exitCode (0 nothing regressed, 1 regressed, 3 no verdict),"
                                + " report (the run's folder, for the other tools) and events: what was built or does not"
                                + " compile, tests that break, cells with their verdicts, and what moved in the profiles"
                                + " where time changed by 5 % or more.",
                        schema(
                                "\"adopter\": {\"type\": \"string\", \"description\": \"ADOPTER or ADOPTER/JIG\"},"
                                        + "\"case\": {\"type\": \"string\", \"description\": \"only cases with these settings, such as"
                                        + " transport=local\"}," + SIDES,
                                "\"adopter\""),
                        this::jig),
                new Tool(
                        "run_ab",
                        "The runtime's own hot-path suite on two sides; takes minutes. Answers like run_jig.",
                        schema(
                                "\"transports\": {\"type\": \"string\", \"description\": \"some of local,shm,udp,tcp\"},"
                                        + "\"sizes\": {\"type\": \"string\", \"description\": \"payload bytes, such as 64,4096\"},"
                                        + SIDES,
                                ""),
                        this::ab),
                new Tool(
                        "read_verdict",
                        "The report of a run, as Markdown: verdicts, numbers with intervals, and the command that shows each again.",
                        schema("\"run\": {\"type\": \"string\", \"description\": \"a run's folder or id\"}", "\"run\""),
                        arguments ->
                                Tool.Answer.of(Files.readString(run(arguments).resolve("report.md")))),
                new Tool(
                        "read_profile_difference",
                        "Which methods', allocations' and locks' share moved between the sides of a run; there is one for"
                                + " each case that changed by 5 % or more.",
                        schema("\"run\": {\"type\": \"string\", \"description\": \"a run's folder or id\"}", "\"run\""),
                        this::profile));
    }

    private static String schema(final String properties, final String required) {
        return "{\"type\": \"object\", \"additionalProperties\": false, \"properties\": {" + properties
                + "}, \"required\": [" + required + "]}";
    }

    private Tool.Answer adopters(final Map<String, Object> arguments) throws Exception {
        final Path folder =
                text(arguments, "manifests").map(Path::of).orElseGet(() -> ManifestFolder.byDefault(maar.root()));
        final ArrayNode list = mapper.createArrayNode();
        for (final AdopterManifest adopter :
                Manifests.load(List.of(folder)).adopters().values()) {
            final ObjectNode one = list.addObject()
                    .put("name", adopter.name())
                    .put("description", adopter.description())
                    .put("subject", adopter.subject());
            final ArrayNode jigs = one.putArray("jigs");
            adopter.jigs()
                    .forEach(jig ->
                            jigs.addObject().put("name", jig.name()).set("cases", mapper.valueToTree(jig.cases())));
        }
        return Tool.Answer.of(mapper.writeValueAsString(list));
    }

    private Tool.Answer jig(final Map<String, Object> arguments) throws Exception {
        final String adopter = text(arguments, "adopter").orElse("");
        if (!adopter.matches("[A-Za-z0-9][A-Za-z0-9_./-]*")) {
            throw new PlanException("'" + adopter + "' is not ADOPTER or ADOPTER/JIG; list_adopters names them");
        }
        final List<String> words = words("jig", arguments, "case");
        words.add(adopter);
        final JigCommand command = parsed(words, "jig").getCommand();
        final List<LoopEvent> events = new ArrayList<>();
        return answer(command.answer(events::add), events);
    }

    private Tool.Answer ab(final Map<String, Object> arguments) throws Exception {
        final AbCommand command =
                parsed(words("ab", arguments, "transports", "sizes"), "ab").getCommand();
        final List<LoopEvent> events = new ArrayList<>();
        return answer(command.answer(events::add), events);
    }

    private List<String> words(final String command, final Map<String, Object> arguments, final String... own) {
        final List<String> words = new ArrayList<>(List.of("--state=" + maar.state(), command));
        Stream.concat(Stream.of(own), Stream.of("a", "b", "budget", "manifests", "subject"))
                .forEach(name -> text(arguments, name).ifPresent(value -> words.add("--" + name + "=" + value)));
        return words;
    }

    private static CommandLine parsed(final List<String> words, final String command) throws IOException {
        final CommandLine line = Main.commandLine();
        line.setDefaultValueProvider(SettingsSource.read(Path.of(""), System.getenv()));
        line.parseArgs(words.toArray(String[]::new));
        return Optional.ofNullable(line.getSubcommands().get(command))
                .orElseThrow(() -> new IllegalStateException("there is no command " + command));
    }

    private Tool.Answer answer(final JigFarm.Done done, final List<LoopEvent> events) throws IOException {
        final ObjectNode answer = mapper.createObjectNode()
                .put("verdict", done.verdict().label())
                .put("exitCode", done.code())
                .put("report", done.folder().toString());
        final ArrayNode shown = answer.putArray("events");
        for (final LoopEvent event : events) {
            // Single pairs and passing remarks would only fill a reader's context.
            if (!(event instanceof LoopEvent.Pair) && !(event instanceof LoopEvent.Note)) {
                shown.add(mapper.readTree(mapper.writerFor(LoopEvent.class).writeValueAsString(event)));
            }
        }
        return Tool.Answer.of(mapper.writeValueAsString(answer));
    }

    private Tool.Answer profile(final Map<String, Object> arguments) throws Exception {
        final Path folder = run(arguments).resolve(Reasons.FOLDER);
        if (!Files.isDirectory(folder)) {
            return Tool.Answer.of("no case of this run was profiled: none changed by 5 % or more");
        }
        final StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : files.filter(one -> one.toString().endsWith(".txt"))
                    .sorted()
                    .toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        }
        return Tool.Answer.of(all.toString().strip());
    }

    private Path run(final Map<String, Object> arguments) throws PlanException {
        final String name = text(arguments, "run").orElse("");
        final Path given = maar.state().resolve("runs").resolve(name).normalize();
        if (!Files.exists(given.resolve("plan.json"))) {
            throw new PlanException("there is no run '" + name + "'; runs are in "
                    + maar.state().resolve("runs"));
        }
        return given;
    }

    private static Optional<String> text(final Map<String, Object> arguments, final String name) {
        return Optional.ofNullable(arguments.get(name)).map(Object::toString).filter(value -> !value.isEmpty());
    }
}
