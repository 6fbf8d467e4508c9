package dev.maar.coordinator.mcp;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Serves tools to one client over a pair of streams. Calls are done one at a time, since two that measure would measure each other. Open for one
 * client; {@link #serve} is for one thread.
 */
public final class ToolServer {

    private final String version;
    private final List<Tool> tools;
    private final Function<Exception, String> words;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile Optional<Thread> working = Optional.empty();

    /**
     * A server.
     *
     * @param version Maar's
     * @param tools what it offers
     * @param words what a client reads of a failure
     */
    public ToolServer(final String version, final List<Tool> tools, final Function<Exception, String> words) {
        this.version = version;
        this.tools = List.copyOf(tools);
        this.words = words;
    }

    /**
     * Serves until the client closes its end. A call that is then under way is interrupted, and waited for.
     *
     * @param in the client's messages, one a line
     * @param out the answers; nothing else may write to it
     * @throws InterruptedException when interrupted meanwhile; the same is done about a call
     */
    public void serve(final InputStream in, final OutputStream out) throws InterruptedException {
        final McpJsonMapper mapper =
                new JacksonMcpJsonMapper(JsonMapper.builder().build());
        final CountDownLatch closed = new CountDownLatch(1);
        final McpSyncServer server = McpServer.sync(
                        new StdioServerTransportProvider(mapper, new Watched(in, closed), out))
                .serverInfo("maar", version)
                .instructions(
                        "Maar says what a change of a library did to apps that depend on it: it builds them on two"
                                + " sides (a is the baseline, b the checkout with its uncommitted edits) and measures their hot"
                                + " paths in interleaved pairs. After an edit call run_jig; only 'regressed', 'improved' and"
                                + " 'mismatch' are findings, 'suspect' and 'inconclusive' are not.")
                .capabilities(
                        McpSchema.ServerCapabilities.builder().tools(false).build())
                .jsonMapper(mapper)
                .tools(tools.stream().map(tool -> specification(tool, mapper)).toList())
                .build();
        try {
            closed.await();
        } finally {
            working.ifPresent(Thread::interrupt);
            // Not before it has ended what it started.
            turn.lock();
            server.close();
        }
    }

    private SyncToolSpecification specification(final Tool tool, final McpJsonMapper mapper) {
        return SyncToolSpecification.builder()
                .tool(McpSchema.Tool.builder()
                        .name(tool.name())
                        .description(tool.description())
                        .inputSchema(mapper, tool.inputSchema())
                        .build())
                .callHandler((exchange, request) ->
                        call(tool, Optional.ofNullable(request.arguments()).orElse(Map.of())))
                .build();
    }

    private McpSchema.CallToolResult call(final Tool tool, final Map<String, Object> arguments) {
        turn.lock();
        try {
            working = Optional.of(Thread.currentThread());
            final Tool.Answer answer = tool.action().on(arguments);
            return result(answer.text(), answer.failed());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return result("interrupted", true);
        } catch (final Exception e) {
            return result(words.apply(e), true);
        } finally {
            working = Optional.empty();
            turn.unlock();
        }
    }

    private static McpSchema.CallToolResult result(final String text, final boolean failed) {
        return McpSchema.CallToolResult.builder()
                .addTextContent(text)
                .isError(failed)
                .build();
    }

    /** Tells when the client has closed its end. */
    private static final class Watched extends FilterInputStream {

        private final CountDownLatch closed;

        Watched(final InputStream in, final CountDownLatch closed) {
            super(in);
            this.closed = closed;
        }

        @Override
        public int read() throws IOException {
            return seen(super.read());
        }

        @Override
        public int read(final byte[] bytes, final int from, final int length) throws IOException {
            return seen(super.read(bytes, from, length));
        }

        private int seen(final int count) {
            if (count < 0) {
                closed.countDown();
            }
            return count;
        }
    }
}
