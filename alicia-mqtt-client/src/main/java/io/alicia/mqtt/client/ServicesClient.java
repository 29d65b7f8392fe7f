package io.alicia.mqtt.client;

import io.alicia.mqtt.Services;
import io.alicia.mqtt.codec.AliciaMessages;
import io.alicia.mqtt.payload.HealthReport;
import io.alicia.mqtt.payload.HealthRequest;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.payload.ServiceRegistration;
import io.alicia.mqtt.payload.ServiceUnregistration;
import io.alicia.mqtt.topic.NoLevels;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.function.Supplier;

/** {@link Services} over typed topics. */
final class ServicesClient implements Services {

    private final TopicClient<NoLevels, MaybeEnveloped<ServiceRegistration>> registrations;
    private final TopicClient<NoLevels, MaybeEnveloped<ServiceUnregistration>> unregistrations;
    private final TopicClient<String, MaybeEnveloped<HealthReport>> reports;
    private final TopicClient<NoLevels, MaybeEnveloped<HealthRequest>> requests;

    ServicesClient(TopicClients topics, AliciaMessages messages) {
        registrations = topics.of(messages.serviceRegistration());
        unregistrations = topics.of(messages.serviceUnregistration());
        reports = topics.of(messages.serviceHealth());
        requests = topics.of(messages.serviceHealthCheck());
    }

    @Override
    public Flowable<ServiceRegistration> registrations() {
        return registrations.messages().map(received -> received.payload().payload());
    }

    @Override
    public Completable register(ServiceRegistration registration) {
        return registrations.publish(NoLevels.NONE, MaybeEnveloped.bare(registration));
    }

    @Override
    public Flowable<ServiceUnregistration> unregistrations() {
        return unregistrations.messages().map(received -> received.payload().payload());
    }

    @Override
    public Completable unregister(ServiceUnregistration unregistration) {
        return unregistrations.publish(NoLevels.NONE, MaybeEnveloped.bare(unregistration));
    }

    @Override
    public Flowable<HealthReport> healthReports() {
        return reports.messages().map(received -> received.payload().payload());
    }

    @Override
    public Completable publish(HealthReport report) {
        return reports.publish(report.serviceName(), MaybeEnveloped.bare(report));
    }

    @Override
    public Completable requestHealth(HealthRequest request) {
        return requests.publish(NoLevels.NONE, MaybeEnveloped.bare(request));
    }

    @Override
    public Disposable answerHealthRequests(String serviceName, Supplier<HealthReport> report) {
        // A name that answers cannot have is refused here, and not at each request, which the caller does not see.
        reports.template().name(serviceName);
        return requests.onMessage(received -> {
            boolean forUs = received.payload()
                    .payload()
                    .serviceName()
                    .map(serviceName::equals)
                    .orElse(true);
            return forUs ? publish(report.get()) : Completable.complete();
        });
    }
}
