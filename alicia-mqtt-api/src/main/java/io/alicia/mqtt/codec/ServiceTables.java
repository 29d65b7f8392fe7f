package io.alicia.mqtt.codec;

import static io.alicia.mqtt.codec.Shapes.ANY;
import static io.alicia.mqtt.codec.Shapes.LONG_COUNT;
import static io.alicia.mqtt.codec.Shapes.TEXT;

import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.Capability;
import io.alicia.mqtt.payload.HealthReport;
import io.alicia.mqtt.payload.HealthRequest;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.payload.ServiceRegistration;
import io.alicia.mqtt.payload.ServiceUnregistration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The fields of what services tell about themselves. Times are Unix seconds, as in their envelopes. */
final class ServiceTables {

    private static final Shape<Availability> AVAILABILITY = Shapes.words(Availability.class);

    final JsonCodec<ServiceRegistration> registration;
    final JsonCodec<ServiceUnregistration> unregistration;
    final JsonCodec<HealthReport> healthReport;
    final JsonCodec<HealthRequest> healthRequest;

    ServiceTables(TimeShapes times) {
        registration = registration(times.unix);
        unregistration = unregistration(times.unix);
        healthReport = healthReport(times.unix);
        healthRequest = healthRequest(times.unix);
    }

    private static JsonCodec<ServiceRegistration> registration(Shape<Instant> time) {
        return Fields.<ServiceRegistration, ServiceRegistration.Builder>of(ServiceRegistration::builder)
                .required(
                        "service_name",
                        TEXT,
                        ServiceRegistration::serviceName,
                        ServiceRegistration.Builder::serviceName)
                .optional("status", AVAILABILITY, ServiceRegistration::status, ServiceRegistration.Builder::status)
                .optional("timestamp", time, ServiceRegistration::timestamp, ServiceRegistration.Builder::timestamp)
                .list(
                        "capabilities",
                        new CapabilityShape(),
                        ServiceRegistration::capabilities,
                        ServiceRegistration.Builder::capabilities)
                .optional("version", TEXT, ServiceRegistration::version, ServiceRegistration.Builder::version)
                .build(
                        ServiceRegistration.Builder::build,
                        ServiceRegistration.Builder::additional,
                        ServiceRegistration.Builder::wireForm);
    }

    private static JsonCodec<ServiceUnregistration> unregistration(Shape<Instant> time) {
        return Fields.<ServiceUnregistration, ServiceUnregistration.Builder>of(ServiceUnregistration::builder)
                .required(
                        "service_name",
                        TEXT,
                        ServiceUnregistration::serviceName,
                        ServiceUnregistration.Builder::serviceName)
                .optional("status", AVAILABILITY, ServiceUnregistration::status, ServiceUnregistration.Builder::status)
                .optional("timestamp", time, ServiceUnregistration::timestamp, ServiceUnregistration.Builder::timestamp)
                .optional("reason", TEXT, ServiceUnregistration::reason, ServiceUnregistration.Builder::reason)
                .build(
                        ServiceUnregistration.Builder::build,
                        ServiceUnregistration.Builder::additional,
                        ServiceUnregistration.Builder::wireForm);
    }

    private static JsonCodec<HealthReport> healthReport(Shape<Instant> time) {
        return Fields.<HealthReport, HealthReport.Builder>of(HealthReport::builder)
                .required("service_name", TEXT, HealthReport::serviceName, HealthReport.Builder::serviceName)
                .required(
                        "status",
                        Shapes.words(HealthReport.Status.class),
                        HealthReport::status,
                        HealthReport.Builder::status)
                .optional("uptime", TimeShapes.SECONDS, HealthReport::uptime, HealthReport.Builder::uptime)
                .optionalLong(
                        "messages_processed",
                        LONG_COUNT,
                        HealthReport::messagesProcessed,
                        HealthReport.Builder::messagesProcessed)
                .optionalLong("errors", LONG_COUNT, HealthReport::errors, HealthReport.Builder::errors)
                .optional("timestamp", time, HealthReport::timestamp, HealthReport.Builder::timestamp)
                .build(HealthReport.Builder::build, HealthReport.Builder::additional, HealthReport.Builder::wireForm);
    }

    private static JsonCodec<HealthRequest> healthRequest(Shape<Instant> time) {
        return Fields.<HealthRequest, HealthRequest.Builder>of(HealthRequest::builder)
                .optional("service_name", TEXT, HealthRequest::serviceName, HealthRequest.Builder::serviceName)
                .optional("timestamp", time, HealthRequest::timestamp, HealthRequest.Builder::timestamp)
                .build(
                        HealthRequest.Builder::build,
                        HealthRequest.Builder::additional,
                        HealthRequest.Builder::wireForm);
    }

    /** A capability is told by its name alone, or as an object. */
    private static final class CapabilityShape implements Shape<Capability> {

        private final JsonCodec<Capability> object = Fields.<Capability, Capability.Builder>of(Capability::builder)
                .required("name", TEXT, Capability::name, Capability.Builder::name)
                .optional("version", TEXT, Capability::version, Capability.Builder::version)
                .optional("parameters", ANY, Capability::parameters, Capability.Builder::parameters)
                .build(Capability.Builder::build, Capability.Builder::additional, Capability.Builder::wireForm);

        @Override
        public Capability read(JsonValue json) {
            return json instanceof JsonString name ? Capability.of(name.value()) : object.fromJson(json);
        }

        @Override
        public JsonValue write(Capability capability, @Nullable JsonValue like) {
            boolean nameAlone = capability.wireForm().decodedFrom().isEmpty()
                    && capability.equals(Capability.of(capability.name()));
            return nameAlone ? new JsonString(capability.name()) : object.toJson(capability);
        }
    }
}
