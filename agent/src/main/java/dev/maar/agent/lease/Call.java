package dev.maar.agent.lease;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactSerializer;
import com.hazelcast.nio.serialization.compact.CompactWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** An agent's call, carried out in the process of the coordinator. For one thread. */
public final class Call implements Callable<Answer>, HazelcastInstanceAware {

    private final Sealed sealed;
    private @Nullable HazelcastInstance here;

    /**
     * A call.
     *
     * @param sealed what is sent
     */
    public Call(final Sealed sealed) {
        this.sealed = sealed;
    }

    @Override
    public void setHazelcastInstance(final HazelcastInstance instance) {
        here = instance;
    }

    @Override
    public Answer call() {
        if (here != null && here.getUserContext().get(Wire.INTAKE) instanceof final Intake intake) {
            return intake.take(sealed);
        }
        return new Answer(Answer.LATER, "this member takes no calls");
    }

    /** How a call travels. */
    static final class Form implements CompactSerializer<Call> {

        @Override
        public Call read(final CompactReader reader) {
            final Sealed sealed = reader.readCompact("sealed");
            if (sealed == null) {
                throw new IllegalArgumentException("a call without content");
            }
            return new Call(sealed);
        }

        @Override
        public void write(final CompactWriter writer, final Call call) {
            writer.writeCompact("sealed", call.sealed);
        }

        @Override
        public String getTypeName() {
            return Call.class.getName();
        }

        @Override
        public Class<Call> getCompactClass() {
            return Call.class;
        }
    }
}
