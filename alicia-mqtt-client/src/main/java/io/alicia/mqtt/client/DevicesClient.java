package io.alicia.mqtt.client;

import io.alicia.mqtt.CommandHandler;
import io.alicia.mqtt.Device;
import io.alicia.mqtt.Devices;
import io.alicia.mqtt.Light;
import io.alicia.mqtt.Received;
import io.alicia.mqtt.Speaker;
import io.alicia.mqtt.codec.AliciaMessages;
import io.alicia.mqtt.payload.Announcement;
import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.DeviceStatus;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.payload.MessageType;
import io.alicia.mqtt.topic.DeviceId;
import io.alicia.mqtt.topic.DeviceOfKind;
import io.alicia.mqtt.topic.NoLevels;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.Map;
import java.util.Optional;

/** {@link Devices} over typed topics. */
final class DevicesClient implements Devices {

    private final TopicClient<DeviceId, MaybeEnveloped<DeviceStatus>> statuses;
    private final TopicClient<DeviceId, Availability> availabilities;
    private final TopicClient<DeviceId, MaybeEnveloped<Command>> commands;
    private final TopicClient<DeviceId, MaybeEnveloped<CommandResult>> responses;
    private final TopicClient<DeviceOfKind, MaybeEnveloped<DeviceStatus>> statusesOfKind;
    private final TopicClient<DeviceOfKind, MaybeEnveloped<Command>> commandsOfKind;
    private final TopicClient<NoLevels, MaybeEnveloped<Announcement>> announcements;
    private final LiveViews<DeviceId, DeviceStatus> latest;
    private final LiveViews<DeviceOfKind, DeviceStatus> latestOfKind;
    private final LiveViews<NoLevels, Map<DeviceId, Availability>> presence;
    private final Requests requests;
    private final Answers answers;
    private final Envelopes envelopes;

    DevicesClient(
            TopicClients topics, AliciaMessages messages, Requests requests, Answers answers, Envelopes envelopes) {
        this.statuses = topics.of(messages.deviceStatus());
        this.availabilities = topics.of(messages.deviceAvailability());
        this.commands = topics.of(messages.deviceCommand());
        this.responses = topics.of(messages.deviceResponse());
        this.statusesOfKind = topics.of(messages.deviceOfKindStatus());
        this.commandsOfKind = topics.of(messages.deviceOfKindCommand());
        this.announcements = topics.of(messages.speakersAnnounce());
        this.latest = new LiveViews<>(
                deviceId -> statuses.kept(deviceId).map(kept -> kept.payload().map(MaybeEnveloped::payload)));
        this.latestOfKind = new LiveViews<>(
                device -> statusesOfKind.kept(device).map(kept -> kept.payload().map(MaybeEnveloped::payload)));
        this.presence = new LiveViews<>(all -> availabilities
                .kept()
                .scan(SharingMap.<DeviceId, Availability>empty(), DevicesClient::updated)
                .skip(1)
                .map(Optional::of));
        this.requests = requests;
        this.answers = answers;
        this.envelopes = envelopes;
    }

    private static SharingMap<DeviceId, Availability> updated(
            SharingMap<DeviceId, Availability> before, Kept<DeviceId, Availability> kept) {
        return kept.payload()
                .map(availability -> before.with(kept.levels(), availability))
                .orElseGet(() -> before.without(kept.levels()));
    }

    @Override
    public Device device(String deviceId) {
        return new One(DeviceId.of(deviceId));
    }

    @Override
    public Light light(String deviceId) {
        return new One(DeviceId.of(deviceId));
    }

    @Override
    public Speaker speaker(String deviceId) {
        return new One(DeviceId.of(deviceId));
    }

    @Override
    public Flowable<DeviceStatus> statuses() {
        return statuses.messages().map(received -> received.payload().payload());
    }

    @Override
    public Flowable<DeviceStatus> status(String deviceId) {
        return latest.of(DeviceId.of(deviceId));
    }

    @Override
    public Flowable<Received<DeviceOfKind, DeviceStatus>> statusesOfKind() {
        return statusesOfKind
                .messages()
                .map(received ->
                        new Received<>(received.levels(), received.payload().payload(), received.message()));
    }

    @Override
    public Flowable<DeviceStatus> status(DeviceOfKind device) {
        return latestOfKind.of(device);
    }

    @Override
    public Flowable<Map<DeviceId, Availability>> presence() {
        return presence.of(NoLevels.NONE);
    }

    @Override
    public Completable publish(DeviceStatus status) {
        return statuses.publish(status.deviceId(), MaybeEnveloped.bare(status));
    }

    @Override
    public Completable publish(String kind, DeviceStatus status) {
        return statusesOfKind.publish(new DeviceOfKind(kind, status.deviceId()), MaybeEnveloped.bare(status));
    }

    @Override
    public Completable publish(String deviceId, Availability availability) {
        return availabilities.publish(DeviceId.of(deviceId), availability);
    }

    @Override
    public Completable removeRetainedStatus(String deviceId) {
        return statuses.removeRetained(DeviceId.of(deviceId));
    }

    @Override
    public Completable removeRetainedStatus(DeviceOfKind device) {
        return statusesOfKind.removeRetained(device);
    }

    @Override
    public Completable removeRetainedAvailability(String deviceId) {
        return availabilities.removeRetained(DeviceId.of(deviceId));
    }

    @Override
    public Completable send(DeviceOfKind device, Command command) {
        commandsOfKind.template().name(device); // refuses a kind that is none at the call
        return Completable.defer(
                () -> commandsOfKind.publish(device, MaybeEnveloped.in(envelopes.wrap(MessageType.COMMAND, command))));
    }

    @Override
    public Flowable<Command> commands(DeviceOfKind device) {
        return commandsOfKind
                .messages(device)
                .map(received -> received.payload().payload());
    }

    @Override
    public Flowable<Announcement> announcements() {
        return announcements.messages().map(received -> received.payload().payload());
    }

    @Override
    public Completable announce(Announcement announcement) {
        return announcements.publish(NoLevels.NONE, MaybeEnveloped.bare(announcement));
    }

    /** One device as whatever its user takes it for. */
    private final class One implements Light, Speaker {

        private final DeviceId deviceId;

        One(DeviceId deviceId) {
            this.deviceId = deviceId;
        }

        @Override
        public DeviceId deviceId() {
            return deviceId;
        }

        @Override
        public Single<CommandResult> command(Command command) {
            return requests.request(commands, responses, deviceId, command);
        }

        @Override
        public Completable send(Command command) {
            return Completable.defer(
                    () -> commands.publish(deviceId, MaybeEnveloped.in(envelopes.wrap(MessageType.COMMAND, command))));
        }

        @Override
        public Flowable<DeviceStatus> status() {
            return latest.of(deviceId);
        }

        @Override
        public Flowable<Availability> availability() {
            return availabilities.messages(deviceId).map(Received::payload);
        }

        @Override
        public Flowable<Command> commands() {
            return commands.messages(deviceId)
                    .map(received -> received.payload().payload());
        }

        @Override
        public Disposable onCommand(CommandHandler handler) {
            return onCommand(1, handler);
        }

        @Override
        public Disposable onCommand(int atOnce, CommandHandler handler) {
            return answers.onCommand(commands, responses, deviceId, atOnce, handler);
        }

        @Override
        public String toString() {
            return deviceId.value();
        }
    }
}
