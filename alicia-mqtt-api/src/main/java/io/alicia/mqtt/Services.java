package io.alicia.mqtt;

import io.alicia.mqtt.payload.HealthReport;
import io.alicia.mqtt.payload.HealthRequest;
import io.alicia.mqtt.payload.ServiceRegistration;
import io.alicia.mqtt.payload.ServiceUnregistration;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.function.Supplier;

/**
 * Which services there are, and how they fare: {@code alicia/system/…}. Safe for several threads; threads and failures of streams
 * and publishing are {@link TypedTopic}'s.
 */
public interface Services {

    /** Services that come. */
    Flowable<ServiceRegistration> registrations();

    /** Tells that a service is there. */
    Completable register(ServiceRegistration registration);

    /** Services that go. */
    Flowable<ServiceUnregistration> unregistrations();

    /** Tells that a service goes. */
    Completable unregister(ServiceUnregistration unregistration);

    /** Health reports of all services. */
    Flowable<HealthReport> healthReports();

    /** Publishes a health report. */
    Completable publish(HealthReport report);

    /** Asks services for health reports. */
    Completable requestHealth(HealthRequest request);

    /**
     * Answers requests for a health report that go to everybody, as one with an empty payload does, or to {@code serviceName}, until
     * disposed. {@code report} is asked each time, on a thread that may block.
     *
     * @throws IllegalArgumentException if no service can have that name: {@code check} and what is no level of a topic
     */
    Disposable answerHealthRequests(String serviceName, Supplier<HealthReport> report);
}
