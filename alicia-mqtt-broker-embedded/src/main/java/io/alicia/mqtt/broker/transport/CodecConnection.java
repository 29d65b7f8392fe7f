package io.alicia.mqtt.broker.transport;

import io.alicia.mqtt.broker.protocol.Acknowledgement;
import io.alicia.mqtt.broker.protocol.DecodeFailure;
import io.alicia.mqtt.broker.protocol.Decoded;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.PacketEncoder;
import io.alicia.mqtt.broker.protocol.Pingreq;
import io.alicia.mqtt.broker.protocol.Pingresp;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.broker.protocol.ReasonProperties;
import io.alicia.mqtt.broker.protocol.Suback;
import io.alicia.mqtt.broker.protocol.Subscribe;
import io.alicia.mqtt.broker.protocol.Unsuback;
import io.alicia.mqtt.broker.protocol.Unsubscribe;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.DisconnectCause.Initiator;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.IdleStateEvent;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of an {@link CodecTransport}, from CONNACK on; its state is confined to the event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class CodecConnection extends SimpleChannelInboundHandler<Decoded> implements MqttConnection, PacketSink {

    private static final Logger LOGGER = LoggerFactory.getLogger(CodecConnection.class);

    /** How long the server may take to close after the goodbye. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final Channel channel;
    private final Connack connack;
    private final PacketEncoder encoder;
    private final ClientSession session;
    private final SubscribeRequests requests;
    private final Consumer<CodecConnection> whenEnded;
    private final IncomingAliases aliases;
    private final boolean goesOn;
    private final boolean takesOver;
    private final Conduct conduct;
    private final SingleSubject<DisconnectCause> closed = SingleSubject.create();
    private Duration sessionExpiryInterval;
    private @Nullable DisconnectCause cause;
    private boolean begun;
    private boolean taken;
    private boolean awaitsPingresp;
    private boolean closedHere;

    CodecConnection(
            Channel channel,
            MqttVersion version,
            Connack connack,
            int topicAliasMaximum,
            boolean goesOn,
            boolean takesOver,
            Conduct conduct,
            ClientSession session,
            Consumer<CodecConnection> whenEnded) {
        this.channel = channel;
        this.connack = connack;
        this.encoder = new PacketEncoder(version, connack.maximumPacketSize().orElse(Long.MAX_VALUE), true);
        this.aliases = new IncomingAliases(topicAliasMaximum);
        this.goesOn = goesOn;
        this.takesOver = takesOver;
        this.conduct = conduct;
        this.session = session;
        this.requests = new SubscribeRequests(session.identifiers());
        this.whenEnded = whenEnded;
        this.sessionExpiryInterval = connack.sessionExpiryInterval();
    }

    @Override
    public Connack connack() {
        return connack;
    }

    @Override
    public Single<PublishOutcome> publish(ApplicationMessage message) {
        return operation(caller -> {
            begin();
            session.outgoing().publish(message, caller, this);
        });
    }

    @Override
    public Single<List<ReasonCode>> subscribe(List<Subscription> subscriptions) {
        return request(subscriptions.size(), identifier -> new Subscribe(identifier, subscriptions, 0, List.of()));
    }

    @Override
    public Single<List<ReasonCode>> subscribe(List<Subscription> subscriptions, int subscriptionIdentifier) {
        return request(
                subscriptions.size(),
                identifier -> new Subscribe(identifier, subscriptions, subscriptionIdentifier, List.of()));
    }

    @Override
    public Single<List<ReasonCode>> unsubscribe(List<TopicFilter> topicFilters) {
        return request(topicFilters.size(), identifier -> new Unsubscribe(identifier, topicFilters, List.of()));
    }

    private Single<List<ReasonCode>> request(int filters, IntFunction<Packet> packet) {
        return operation(caller -> {
            int identifier = requests.add(filters, caller);
            if (!send(packet.apply(identifier))) {
                requests.answered(identifier, Collections.nCopies(filters, ReasonCode.PACKET_TOO_LARGE));
            }
        });
    }

    /** Something that is done on the event loop while the connection is open. */
    private <T> Single<T> operation(Consumer<Told<T>> action) {
        return new Single<>() {
            @Override
            protected void subscribeActual(SingleObserver<? super T> observer) {
                Told<T> caller = new Told<>(observer);
                if (channel.eventLoop().inEventLoop()) {
                    run(caller);
                    return;
                }
                try {
                    channel.eventLoop().execute(() -> run(caller));
                } catch (RejectedExecutionException e) {
                    caller.fail(new SessionEndedException("the transport is closed; nothing was sent", false, e));
                }
            }

            private void run(Told<T> caller) {
                if (isEnding()) {
                    caller.fail(new SessionEndedException("the connection has ended; nothing was sent", false, null));
                } else {
                    action.accept(caller);
                }
            }
        };
    }

    private boolean isEnding() {
        return cause != null || !channel.isActive();
    }

    @Override
    public Single<DisconnectCause> closed() {
        return closed.hide();
    }

    @Override
    public Completable disconnect(ReasonCode reasonCode, Optional<Duration> newSessionExpiryInterval) {
        return Completable.defer(() -> {
            try {
                channel.eventLoop().execute(() -> sayGoodbye(reasonCode, newSessionExpiryInterval));
            } catch (RejectedExecutionException e) {
                LOGGER.debug("the transport was closed before the goodbye", e);
            }
            return closed.ignoreElement();
        });
    }

    private void sayGoodbye(ReasonCode reasonCode, Optional<Duration> newSessionExpiryInterval) {
        if (isEnding()) {
            return;
        }
        sessionExpiryInterval = newSessionExpiryInterval.orElse(sessionExpiryInterval);
        endBecause(DisconnectCause.builder()
                .initiator(Initiator.CLIENT)
                .reasonCode(reasonCode)
                .build());
        send(new Disconnect(
                reasonCode,
                newSessionExpiryInterval.map(Duration::toSeconds).orElse(null),
                null,
                ReasonProperties.NONE));
        // The server closes [MQTT-3.14.4-3]; a local channel is best closed from there.
        channel.eventLoop().schedule(this::close, GOODBYE.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void close() {
        if (channel.isOpen()) {
            closedHere = true;
            channel.close();
        }
    }

    /** Whether the server learnt of the end from this side's channel. */
    boolean isClosedHere() {
        return closedHere;
    }

    @Override
    public boolean send(Packet packet) {
        ByteBuf bytes = encoder.encode(packet, channel.alloc());
        if (bytes == null) {
            return false;
        }
        channel.writeAndFlush(bytes);
        return true;
    }

    /** Whether what is in flight goes on, and is sent again. */
    boolean goesOn() {
        return goesOn;
    }

    /** Whether the session is one that another process has left. */
    boolean takesOver() {
        return takesOver;
    }

    /** Frees what that has left in use; one of the two is run then, {@code whenLost} if this connection ends before. */
    IdentifierRelease release(Runnable whenDone, Runnable whenLost) {
        return new IdentifierRelease(session.identifiers().freeOfTheUsual(), this, whenDone, whenLost);
    }

    /** What is in flight goes before anything that is published. */
    void begin() {
        if (!begun && !isEnding()) {
            begun = true;
            session.begin(goesOn, this);
        }
    }

    /** The application has acknowledged something. */
    void acknowledge() {
        if (!isEnding()) {
            session.incoming().acknowledge(this);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Decoded decoded) {
        if (decoded instanceof Publish publish) {
            published(publish);
        } else if (decoded instanceof Pubrel pubrel) {
            session.incoming().released(pubrel.packetIdentifier(), this);
        } else if (decoded instanceof Acknowledgement acknowledgement) {
            session.outgoing().acknowledged(acknowledgement, this);
        } else if (decoded instanceof Suback suback) {
            requests.answered(suback.packetIdentifier(), suback.reasonCodes());
        } else if (decoded instanceof Unsuback unsuback) {
            requests.answered(unsuback.packetIdentifier(), unsuback.reasonCodes());
        } else if (decoded == Pingreq.INSTANCE) {
            send(Pingresp.INSTANCE);
        } else if (decoded == Pingresp.INSTANCE) {
            awaitsPingresp = false;
        } else if (decoded instanceof Disconnect disconnect) {
            disconnectedByServer(disconnect);
        } else if (decoded instanceof DecodeFailure failure) {
            breakOff(failure.reasonCode(), failure.message());
        } else {
            breakOff(ReasonCode.PROTOCOL_ERROR, "not expected after CONNACK: " + decoded);
        }
    }

    private void published(Publish publish) {
        try {
            TopicName topic = aliases.resolve(publish);
            if (topic == null) {
                breakOff(ReasonCode.TOPIC_ALIAS_INVALID, "a Topic Alias that is unknown, or too high [MQTT-3.1.2-26]");
            } else {
                session.incoming().received(topic, publish, this);
            }
        } finally {
            publish.release();
        }
    }

    private void disconnectedByServer(Disconnect disconnect) {
        endBecause(DisconnectCause.builder()
                .initiator(Initiator.SERVER)
                .reasonCode(disconnect.reasonCode())
                .reasonString(Optional.ofNullable(disconnect.properties().reasonString()))
                .serverReference(Optional.ofNullable(disconnect.serverReference()))
                .build());
        close();
    }

    /** The server broke the protocol, or fell silent. */
    private void breakOff(ReasonCode reasonCode, String why) {
        if (encoder.version() == MqttVersion.MQTT_5 && conduct.saysWhyItCloses()) {
            send(new Disconnect(reasonCode, why));
        }
        endBecause(DisconnectCause.builder()
                .initiator(Initiator.NETWORK)
                .reasonCode(reasonCode)
                .reasonString(why)
                .build());
        close();
    }

    /** Nothing was sent for the time of the Keep Alive. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof IdleStateEvent)) {
            context.fireUserEventTriggered(event);
        } else if (awaitsPingresp) {
            breakOff(ReasonCode.KEEP_ALIVE_TIMEOUT, "no PINGRESP within the Keep Alive");
        } else {
            awaitsPingresp = true;
            send(Pingreq.INSTANCE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        boolean ofTls = failure instanceof DecoderException && failure.getCause() instanceof SSLException;
        if (ofTls || failure instanceof IOException) {
            lost(failure);
        } else {
            LOGGER.error("a connection breaks off", failure);
            breakOff(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR, String.valueOf(failure.getMessage()));
        }
    }

    /** The network took it, which happens every day. */
    private void lost(Throwable failure) {
        LOGGER.debug("a connection breaks off", failure);
        endBecause(DisconnectCause.builder()
                .initiator(Initiator.NETWORK)
                .reasonString(String.valueOf(failure.getMessage()))
                .build());
        close();
    }

    private void endBecause(DisconnectCause why) {
        if (cause == null) {
            cause = why;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        endBecause(DisconnectCause.builder()
                .initiator(Initiator.NETWORK)
                .reasonString("the server closed the connection")
                .build());
        ended();
    }

    /** It has reached whoever asked for it. */
    void take() {
        taken = true;
    }

    boolean isTaken() {
        return taken;
    }

    /** Nobody uses it any more. */
    void abandon() {
        endBecause(DisconnectCause.builder().initiator(Initiator.CLIENT).build());
        close();
    }

    private void ended() {
        DisconnectCause why = cause;
        if (why == null || closed.hasValue()) {
            return;
        }
        // What fails does so when the end is known: whoever hears of it may want the next connection.
        whenEnded.accept(this);
        closed.onSuccess(why);
        requests.failAll("the connection was " + why, true);
        session.interrupt(!sessionExpiryInterval.isZero());
    }
}
