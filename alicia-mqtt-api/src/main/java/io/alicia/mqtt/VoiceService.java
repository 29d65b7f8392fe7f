package io.alicia.mqtt;

import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.VoiceError;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;

/**
 * One stage of the voice pipeline, from either side. Everything travels in an {@link Envelope}; what is sent here gets one with
 * this client as its source. Safe for several threads; threads and failures of streams and publishing are {@link TypedTopic}'s.
 *
 * @param <Q> what the stage is asked
 * @param <A> what it answers
 */
public interface VoiceService<Q, A> {

    /** Requests to the stage. */
    Flowable<Envelope<Q>> requests();

    /** Sends a request; its answer comes with the same session id in {@link #responses()}. */
    Completable request(Q request);

    /** Answers of the stage. */
    Flowable<Envelope<A>> responses();

    /** Sends an answer. */
    Completable respond(A response);

    /** Why there is no answer. */
    Flowable<Envelope<VoiceError>> errors();

    /** Says why there is no answer. */
    Completable fail(VoiceError error);
}
