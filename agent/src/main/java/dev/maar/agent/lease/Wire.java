package dev.maar.agent.lease;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.SerializationConfig;
import java.util.Map;

/**
 * What all members of a cluster agree on: names, timings, and the few types that travel. Nothing else is ever made from bytes of the
 * network. Pure functions.
 */
public final class Wire {

    /** The map of leases, by job. */
    public static final String LEASES = "maar.leases";
    /** The executor by which agents call coordinators. */
    public static final String CALLS = "maar.calls";
    /** Under this name in the user context of a coordinator is its {@link Intake}. */
    public static final String INTAKE = "maar.intake";
    /** The attribute of a member that says what it is. */
    public static final String ROLE = "maar.role";
    /** The role of a coordinator. */
    public static final String COORDINATOR = "coordinator";

    private static final int CALL_THREADS = 4;
    private static final int CALLS_WAITING = 10_000;

    private Wire() {}

    /**
     * The configuration of a coordinator, which holds the leases.
     *
     * @param settings where it listens
     * @return the configuration
     */
    public static Config coordinator(final ClusterSettings settings) {
        final Config config = member(settings);
        config.getMemberAttributeConfig().setAttribute(ROLE, COORDINATOR);
        return config;
    }

    /**
     * The configuration of an agent: a member without data.
     *
     * @param settings where it listens, and where coordinators are
     * @param attributes what others may know of its machine
     * @return the configuration
     */
    static Config agent(final ClusterSettings settings, final Map<String, String> attributes) {
        final Config config = member(settings).setLiteMember(true);
        attributes.forEach(config.getMemberAttributeConfig()::setAttribute);
        return config;
    }

    private static Config member(final ClusterSettings settings) {
        final Config config = new Config().setClusterName(settings.name());
        config.setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.logging.type", "slf4j")
                .setProperty("hazelcast.shutdownhook.enabled", "false")
                .setProperty("hazelcast.socket.bind.any", "false")
                // Not by the configuration's interfaces: then names of coordinators would be taken only for our own
                // addresses.
                .setProperty("hazelcast.local.localAddress", settings.address())
                .setProperty("hazelcast.heartbeat.interval.seconds", "2")
                .setProperty("hazelcast.max.no.heartbeat.seconds", "15")
                // At the stock delay, agents stay alone for minutes after their coordinator was restarted.
                .setProperty("hazelcast.merge.first.run.delay.seconds", "5")
                .setProperty("hazelcast.merge.next.run.delay.seconds", "5")
                .setProperty("hazelcast.operation.call.timeout.millis", "10000");
        config.getJetConfig().setEnabled(false);
        config.getMetricsConfig().setEnabled(false);
        config.getExecutorConfig(CALLS).setPoolSize(CALL_THREADS).setQueueCapacity(CALLS_WAITING);
        network(config.getNetworkConfig(), settings);
        serialization(config.getSerializationConfig());
        return config;
    }

    private static void network(final NetworkConfig network, final ClusterSettings settings) {
        // The port of a coordinator that was killed must be had again at once.
        network.setPort(settings.port())
                .setPortAutoIncrement(false)
                .setPortCount(1)
                .setReuseAddress(true);
        final JoinConfig join = network.getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(settings.coordinators());
    }

    private static void serialization(final SerializationConfig serialization) {
        final JavaSerializationFilterConfig ours = new JavaSerializationFilterConfig().setDefaultsDisabled(true);
        ours.getWhitelist().addPrefixes("dev.maar.agent.lease.");
        serialization.getCompactSerializationConfig().setZeroConfigFilter(ours);
        serialization
                .getCompactSerializationConfig()
                .addSerializer(new Call.Form())
                .addClass(Answer.class)
                .addClass(Sealed.class)
                .addClass(Leased.class)
                .addClass(Offer.class)
                .addClass(Claim.class)
                .addClass(Renew.class)
                .addClass(Remove.class);
        // Java's own serialization is left to Hazelcast's failures, and to nobody else.
        final JavaSerializationFilterConfig java = new JavaSerializationFilterConfig().setDefaultsDisabled(true);
        java.getWhitelist().addPrefixes("com.hazelcast.", "java.lang.", "[Ljava.lang.", "java.util.");
        serialization.setJavaSerializationFilterConfig(java);
    }
}
