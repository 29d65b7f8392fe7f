package io.alicia.mqtt.access;

import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.payload.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON file of Mosquitto's dynamic-security plugin as a document: clients with their passwords, groups, roles with
 * their access rules and priorities, and what is granted where no rule matches.
 *
 * <p>Immutable. What it does not know stays as it was read. Rules for unsubscribing are kept and have no effect, as
 * nobody is harmed by an UNSUBSCRIBE; a conversion says that it leaves them out.
 */
public final class DynamicSecurity {

    /** Where the JSON reader says that a text is no JSON. */
    private static final Pattern PLACE = Pattern.compile("not JSON: line (\\d+), column (\\d+): (.*)", Pattern.DOTALL);

    private final String name;
    private final JsonObject json;
    private final AccessPolicy policy;
    private final List<Account> accounts;
    private final Map<String, ClientLogIn> logIns;
    private final List<String> beyondAclFile;

    private DynamicSecurity(
            String name,
            JsonObject json,
            AccessPolicy policy,
            List<Account> accounts,
            Map<String, ClientLogIn> logIns,
            List<String> beyondAclFile) {
        this.logIns = logIns;
        this.beyondAclFile = beyondAclFile;
        this.name = name;
        this.json = json;
        this.policy = policy;
        this.accounts = accounts;
    }

    /**
     * Reads a file, whole or not at all.
     *
     * @throws AccessFileException if it cannot be read, is no JSON, or says what the plugin cannot use and would drop
     */
    public static DynamicSecurity read(Path file) {
        return parse(file.toString(), TextFile.read(file));
    }

    /**
     * Reads a file's text, whole or not at all.
     *
     * @param name what errors and rules call the file
     * @throws AccessFileException if it is no JSON, or says what the plugin cannot use and would drop
     */
    public static DynamicSecurity parse(String name, String text) {
        JsonPart root = root(name, text);
        RolesReader roles = new RolesReader(root, RolesReader.Problems.REFUSED);
        return new DynamicSecurity(
                name,
                root.object(),
                roles.policy(),
                List.copyOf(roles.accounts()),
                roles.logIns(),
                List.copyOf(roles.beyondAclFile()));
    }

    /** The document as JSON, whatever it says. */
    static JsonPart root(String name, String text) {
        try {
            return JsonPart.root(name, TextFile.hasByteOrderMark(text) ? text.substring(1) : text);
        } catch (PayloadException e) {
            throw refusal(name, String.valueOf(e.getMessage()));
        }
    }

    private static AccessFileException refusal(String name, String problem) {
        Matcher place = PLACE.matcher(problem);
        return place.matches()
                ? new AccessFileException(
                        name,
                        Math.max(Integer.parseInt(place.group(1)), 1),
                        Math.max(Integer.parseInt(place.group(2)), 1),
                        "expected JSON: " + Words.shown(place.group(3)))
                : new AccessFileException(name, 1, 1, Words.shown(problem));
    }

    /** What errors and rules call the file. */
    public String name() {
        return name;
    }

    /** What the roles say. */
    public AccessPolicy policy() {
        return policy;
    }

    /** The clients that can log in: neither disabled nor without a password; bound to their Client Identifier if they have one. */
    public List<Account> accounts() {
        return accounts;
    }

    /** Who may log in as which client, for all clients in their order. */
    public Map<String, ClientLogIn> logIns() {
        return logIns;
    }

    /** Sentences on what neither an ACL file nor a password file can say, whatever the rules for messages are. */
    List<String> beyondAclFile() {
        return beyondAclFile;
    }

    /** The document. */
    public JsonObject json() {
        return json;
    }

    /** The text of the document, over many lines. Contains the hashes: keep it to those who may read the file. */
    public String text() {
        return PrettyJson.of(json);
    }

    /**
     * Writes the document to {@code file}. Readers see the old file or the new one, never a part. A new file can be read
     * and written by its owner alone.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        FileReplacement.of(file).with((text() + "\n").getBytes(StandardCharsets.UTF_8), true);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DynamicSecurity that && name.equals(that.name) && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** The file's name and its number of accounts; no hashes. */
    @Override
    public String toString() {
        return name + " (" + accounts.size() + " accounts that can log in, " + policy + ")";
    }
}
