package dev.maar.coordinator.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * Writes and reads {@code report.json}. The same report gives the same bytes: keys come in the order of the records, maps in the
 * order of their names. A number that is not known is null. Thread-safe.
 */
public final class ReportJson implements ReportWriter {

    private static final JsonMapper MAPPER = mapper();
    private static final ObjectWriter WRITER = MAPPER.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withSeparators(Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER)));
    private static final ObjectReader READER = MAPPER.readerFor(Report.class);

    @Override
    public String fileName() {
        return "report.json";
    }

    @Override
    public String write(final Report report) {
        try {
            return WRITER.writeValueAsString(report) + "\n";
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("a report is made of records that JSON can hold", e);
        }
    }

    /**
     * Reads a report.
     *
     * @param json what {@link #write} wrote
     * @return the report
     * @throws IOException when it is none, or of another schema
     */
    public Report read(final String json) throws IOException {
        final Report report = READER.readValue(json);
        if (!Report.SCHEMA.equals(report.schema())) {
            throw new IOException("the report's schema is '" + report.schema() + "', this Maar reads " + Report.SCHEMA);
        }
        return report;
    }

    private static JsonMapper mapper() {
        final SimpleModule module = new SimpleModule("maar-report")
                .addSerializer(double.class, new NumberOrNull())
                .addSerializer(Double.class, new NumberOrNull())
                .addDeserializer(double.class, new NullIsUnknown())
                .addDeserializer(Double.class, new NullIsUnknown())
                .addSerializer(Instant.class, new InstantAsText())
                .addDeserializer(Instant.class, new TextAsInstant());
        return JsonMapper.builder()
                .addModule(module)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    private static final class NumberOrNull extends StdScalarSerializer<Double> {
        private static final long serialVersionUID = 1L;

        NumberOrNull() {
            super(Double.class);
        }

        @Override
        public void serialize(final Double number, final JsonGenerator generator, final SerializerProvider provider)
                throws IOException {
            if (Double.isFinite(number)) {
                generator.writeNumber(number);
            } else {
                generator.writeNull();
            }
        }
    }

    private static final class NullIsUnknown extends StdScalarDeserializer<Double> {
        private static final long serialVersionUID = 1L;

        NullIsUnknown() {
            super(Double.class);
        }

        @Override
        public Double deserialize(final JsonParser parser, final DeserializationContext context) throws IOException {
            return parser.getDoubleValue();
        }

        @Override
        public Double getNullValue(final DeserializationContext context) {
            return Double.NaN;
        }
    }

    private static final class InstantAsText extends StdScalarSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantAsText() {
            super(Instant.class);
        }

        @Override
        public void serialize(final Instant instant, final JsonGenerator generator, final SerializerProvider provider)
                throws IOException {
            generator.writeString(instant.toString());
        }
    }

    private static final class TextAsInstant extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        TextAsInstant() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(final JsonParser parser, final DeserializationContext context) throws IOException {
            try {
                return Instant.parse(parser.getText());
            } catch (final DateTimeParseException e) {
                throw new IOException("'" + parser.getText() + "' is no time such as 2026-01-01T00:00:00Z", e);
            }
        }
    }
}
