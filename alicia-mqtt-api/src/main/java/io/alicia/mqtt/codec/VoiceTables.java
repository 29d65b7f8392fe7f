package io.alicia.mqtt.codec;

import static io.alicia.mqtt.codec.Shapes.ANY;
import static io.alicia.mqtt.codec.Shapes.BASE64;
import static io.alicia.mqtt.codec.Shapes.FLAG;
import static io.alicia.mqtt.codec.Shapes.OBJECT;
import static io.alicia.mqtt.codec.Shapes.SHARE;
import static io.alicia.mqtt.codec.Shapes.TEXT;

import io.alicia.mqtt.payload.AiAnswer;
import io.alicia.mqtt.payload.AiRequest;
import io.alicia.mqtt.payload.AiResponse;
import io.alicia.mqtt.payload.SpokenAnswer;
import io.alicia.mqtt.payload.SpokenCommand;
import io.alicia.mqtt.payload.SttRequest;
import io.alicia.mqtt.payload.SttResponse;
import io.alicia.mqtt.payload.Synthesis;
import io.alicia.mqtt.payload.Transcription;
import io.alicia.mqtt.payload.TtsRequest;
import io.alicia.mqtt.payload.TtsResponse;
import io.alicia.mqtt.payload.VoiceError;
import io.alicia.mqtt.payload.VoiceRoute;
import io.alicia.mqtt.payload.VoiceSession;
import java.time.Instant;

/** The fields of what travels through the voice pipeline. */
final class VoiceTables {

    private static final Shape<Transcription> TRANSCRIPTION = Shape.of(Fields.<Transcription, Transcription.Builder>of(
                    Transcription::builder)
            .required("success", FLAG, Transcription::success, Transcription.Builder::success)
            .optional("text", TEXT, Transcription::text, Transcription.Builder::text)
            .optional("language", TEXT, Transcription::language, Transcription.Builder::language)
            .optionalDouble("confidence", SHARE, Transcription::confidence, Transcription.Builder::confidence)
            .optional("engine", TEXT, Transcription::engine, Transcription.Builder::engine)
            .optional("error", TEXT, Transcription::error, Transcription.Builder::error)
            .build(Transcription.Builder::build, Transcription.Builder::additional, Transcription.Builder::wireForm));

    private static final Shape<AiAnswer> ANSWER = Shape.of(Fields.<AiAnswer, AiAnswer.Builder>of(AiAnswer::builder)
            .required("success", FLAG, AiAnswer::success, AiAnswer.Builder::success)
            .optional("response", TEXT, AiAnswer::response, AiAnswer.Builder::response)
            .optional("error", TEXT, AiAnswer::error, AiAnswer.Builder::error)
            .build(AiAnswer.Builder::build, AiAnswer.Builder::additional, AiAnswer.Builder::wireForm));

    private static final Shape<Synthesis> SYNTHESIS = Shape.of(Fields.<Synthesis, Synthesis.Builder>of(
                    Synthesis::builder)
            .required("success", FLAG, Synthesis::success, Synthesis.Builder::success)
            .optional("audio_path", TEXT, Synthesis::audioPath, Synthesis.Builder::audioPath)
            .optionalInt(
                    "sample_rate",
                    Shapes.whole(1, Integer.MAX_VALUE, "Hz"),
                    Synthesis::sampleRateHertz,
                    Synthesis.Builder::sampleRateHertz)
            .optional("voice", TEXT, Synthesis::voice, Synthesis.Builder::voice)
            .optional("engine", TEXT, Synthesis::engine, Synthesis.Builder::engine)
            .optional("error", TEXT, Synthesis::error, Synthesis.Builder::error)
            .optional(
                    "processing_time", TimeShapes.SECONDS, Synthesis::processingTime, Synthesis.Builder::processingTime)
            .build(Synthesis.Builder::build, Synthesis.Builder::additional, Synthesis.Builder::wireForm));

    static final JsonCodec<SttRequest> STT_REQUEST = Fields.<SttRequest, SttRequest.Builder>of(SttRequest::builder)
            .required("session_id", TEXT, SttRequest::sessionId, SttRequest.Builder::sessionId)
            .optional("audio_data", BASE64, SttRequest::audioData, SttRequest.Builder::audioData)
            .optional("language", TEXT, SttRequest::language, SttRequest.Builder::language)
            .build(SttRequest.Builder::build, SttRequest.Builder::additional, SttRequest.Builder::wireForm);

    static final JsonCodec<SttResponse> STT_RESPONSE = Fields.<SttResponse, SttResponse.Builder>of(SttResponse::builder)
            .required("session_id", TEXT, SttResponse::sessionId, SttResponse.Builder::sessionId)
            .required("transcription", TRANSCRIPTION, SttResponse::transcription, SttResponse.Builder::transcription)
            .optional("original_request", OBJECT, SttResponse::originalRequest, SttResponse.Builder::originalRequest)
            .build(SttResponse.Builder::build, SttResponse.Builder::additional, SttResponse.Builder::wireForm);

    static final JsonCodec<AiRequest> AI_REQUEST = Fields.<AiRequest, AiRequest.Builder>of(AiRequest::builder)
            .required("text", TEXT, AiRequest::text, AiRequest.Builder::text)
            .required("session_id", TEXT, AiRequest::sessionId, AiRequest.Builder::sessionId)
            .optional("context", ANY, AiRequest::context, AiRequest.Builder::context)
            .build(AiRequest.Builder::build, AiRequest.Builder::additional, AiRequest.Builder::wireForm);

    static final JsonCodec<AiResponse> AI_RESPONSE = Fields.<AiResponse, AiResponse.Builder>of(AiResponse::builder)
            .required("session_id", TEXT, AiResponse::sessionId, AiResponse.Builder::sessionId)
            .required("ai_response", ANSWER, AiResponse::answer, AiResponse.Builder::answer)
            .build(AiResponse.Builder::build, AiResponse.Builder::additional, AiResponse.Builder::wireForm);

    static final JsonCodec<TtsRequest> TTS_REQUEST = Fields.<TtsRequest, TtsRequest.Builder>of(TtsRequest::builder)
            .required("text", TEXT, TtsRequest::text, TtsRequest.Builder::text)
            .optional("voice", TEXT, TtsRequest::voice, TtsRequest.Builder::voice)
            .required("session_id", TEXT, TtsRequest::sessionId, TtsRequest.Builder::sessionId)
            .build(TtsRequest.Builder::build, TtsRequest.Builder::additional, TtsRequest.Builder::wireForm);

    static final JsonCodec<TtsResponse> TTS_RESPONSE = Fields.<TtsResponse, TtsResponse.Builder>of(TtsResponse::builder)
            .required("session_id", TEXT, TtsResponse::sessionId, TtsResponse.Builder::sessionId)
            .required("synthesis", SYNTHESIS, TtsResponse::synthesis, TtsResponse.Builder::synthesis)
            .build(TtsResponse.Builder::build, TtsResponse.Builder::additional, TtsResponse.Builder::wireForm);

    static final JsonCodec<VoiceError> ERROR = Fields.<VoiceError, VoiceError.Builder>of(VoiceError::builder)
            .required("error", TEXT, VoiceError::error, VoiceError.Builder::error)
            .optional("session_id", TEXT, VoiceError::sessionId, VoiceError.Builder::sessionId)
            .optional("original_request", OBJECT, VoiceError::originalRequest, VoiceError.Builder::originalRequest)
            .build(VoiceError.Builder::build, VoiceError.Builder::additional, VoiceError.Builder::wireForm);

    static final JsonCodec<VoiceRoute> ROUTE = Fields.<VoiceRoute, VoiceRoute.Builder>of(VoiceRoute::builder)
            .required("session_id", TEXT, VoiceRoute::sessionId, VoiceRoute.Builder::sessionId)
            .optional("text", TEXT, VoiceRoute::text, VoiceRoute.Builder::text)
            .optional("target", TEXT, VoiceRoute::target, VoiceRoute.Builder::target)
            .build(VoiceRoute.Builder::build, VoiceRoute.Builder::additional, VoiceRoute.Builder::wireForm);

    static final JsonCodec<SpokenCommand> SPOKEN_COMMAND = Fields.<SpokenCommand, SpokenCommand.Builder>of(
                    SpokenCommand::builder)
            .required("text", TEXT, SpokenCommand::text, SpokenCommand.Builder::text)
            .optional("session_id", TEXT, SpokenCommand::sessionId, SpokenCommand.Builder::sessionId)
            .optional("language", TEXT, SpokenCommand::language, SpokenCommand.Builder::language)
            .optionalDouble("confidence", SHARE, SpokenCommand::confidence, SpokenCommand.Builder::confidence)
            .build(SpokenCommand.Builder::build, SpokenCommand.Builder::additional, SpokenCommand.Builder::wireForm);

    static final JsonCodec<SpokenAnswer> SPOKEN_ANSWER = Fields.<SpokenAnswer, SpokenAnswer.Builder>of(
                    SpokenAnswer::builder)
            .required("text", TEXT, SpokenAnswer::text, SpokenAnswer.Builder::text)
            .optional("session_id", TEXT, SpokenAnswer::sessionId, SpokenAnswer.Builder::sessionId)
            .optional("language", TEXT, SpokenAnswer::language, SpokenAnswer.Builder::language)
            .build(SpokenAnswer.Builder::build, SpokenAnswer.Builder::additional, SpokenAnswer.Builder::wireForm);

    private VoiceTables() {}

    static JsonCodec<VoiceSession> session(Shape<Instant> time) {
        return Fields.<VoiceSession, VoiceSession.Builder>of(VoiceSession::builder)
                .required("session_id", TEXT, VoiceSession::sessionId, VoiceSession.Builder::sessionId)
                .optional("timestamp", time, VoiceSession::timestamp, VoiceSession.Builder::timestamp)
                .build(VoiceSession.Builder::build, VoiceSession.Builder::additional, VoiceSession.Builder::wireForm);
    }
}
