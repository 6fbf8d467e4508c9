package dev.maar.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code maar mcp} in a process of its own, driven by the SDK's client. */
final class McpTest {

    @TempDir
    private Path folder;

    private final ObjectMapper mapper = new ObjectMapper();
    private EditedWorld world;
    private McpSyncClient client;

    @BeforeEach
    void connect() throws Exception {
        world = new EditedWorld(Files.createDirectory(folder.resolve("world")).toRealPath());
        final ServerParameters server = ServerParameters.builder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .args(
                        "-XX:TieredStopAtLevel=1",
                        "-Dmaar.root=" + world.path(""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.maar.coordinator.cli.Main",
                        "mcp")
                .env(Map.of("MAAR_AGENT_LONGEST_WAIT", "0", "MAAR_AGENT_RERUN_SHARE", "0"))
                .build();
        client = McpClient.sync(new StdioClientTransport(server, new JacksonMcpJsonMapper(mapper)))
                .requestTimeout(Duration.ofMinutes(5))
                .initializationTimeout(Duration.ofMinutes(1))
                .build();
        client.initialize();
    }

    @AfterEach
    void close() {
        client.close();
        world.close();
    }

    @Test
    void aCodingAgentMeasuresItsEditAndReadsWhatCameOut() throws Exception {
        assertThat(client.getServerInfo().name()).isEqualTo("maar");
        assertThat(client.listTools().tools())
                .extracting(McpSchema.Tool::name)
                .containsExactlyInAnyOrder(
                        "list_adopters", "run_jig", "run_ab", "read_verdict", "read_profile_difference");
        final String manifests = world.path("manifests").toString();

        final JsonNode adopters = mapper.readTree(text(call("list_adopters", Map.of("manifests", manifests))));
        assertThat(adopters.path(0).path("name").asText()).isEqualTo("app");
        assertThat(adopters.path(0).path("jigs").path(0).path("name").asText()).isEqualTo("loop");

        final Map<String, Object> jig = Map.of("adopter", "app/loop", "manifests", manifests, "subject", "tiny");
        world.save(EditedWorld.LIBRARY.replace("int y = x;", "int y = nothing;"));
        final JsonNode broken = mapper.readTree(text(call("run_jig", jig)));
        assertThat(broken.path("exitCode").asInt()).isEqualTo(ExitCode.REGRESSED);
        assertThat(broken.path("events").toString()).contains("cannot find symbol");

        world.save(EditedWorld.LIBRARY.replace("waste(x, 100)", "waste(x, 2_000)"));
        final JsonNode slower = mapper.readTree(text(call("run_jig", jig)));
        assertThat(slower.path("verdict").asText()).as(slower.toString()).isEqualTo("regressed");
        final String run = slower.path("report").asText();
        assertThat(text(call("read_verdict", Map.of("run", run))))
                .contains("regressed")
                .contains("app");
        assertThat(text(call("read_profile_difference", Map.of("run", run)))).contains("tiny.Lib.");
    }

    @Test
    void whatIsWrongIsAnAnswerAndNoEnd() {
        final McpSchema.CallToolResult unknown = call(
                "run_jig",
                Map.of("adopter", "nobody", "manifests", world.path("manifests").toString(), "subject", "tiny"));
        assertThat(unknown.isError()).isTrue();
        assertThat(text(unknown)).contains("nobody");

        final McpSchema.CallToolResult option = call("run_jig", Map.of("adopter", "--trust"));
        assertThat(option.isError()).isTrue();

        final McpSchema.CallToolResult gone = call("read_verdict", Map.of("run", "of-yesterday"));
        assertThat(gone.isError()).isTrue();
        assertThat(text(gone)).contains("no run 'of-yesterday'");
    }

    private McpSchema.CallToolResult call(final String tool, final Map<String, Object> arguments) {
        return client.callTool(new McpSchema.CallToolRequest(tool, arguments));
    }

    private static String text(final McpSchema.CallToolResult result) {
        return ((McpSchema.TextContent) result.content().get(0)).text();
    }
}
