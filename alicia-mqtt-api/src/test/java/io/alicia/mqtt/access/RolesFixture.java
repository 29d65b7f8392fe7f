package io.alicia.mqtt.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import org.jspecify.annotations.Nullable;

/** A document of roles, and questions to their policies. */
final class RolesFixture {

    static final String HOUSE = """
            {
              "defaultACLAccess": {"publishClientSend": false, "publishClientReceive": true, "subscribe": true},
              "clients": [
                {"username": "app", "roles": [{"rolename": "reader"}, {"rolename": "first", "priority": 5}]},
                {"username": "hall", "clientid": "hall-1", "textname": "kept"},
                {"username": "gone", "disabled": true, "roles": []}
              ],
              "groups": [
                {"groupname": "devices", "roles": [{"rolename": "reader"}], "clients": [{"username": "hall"}]},
                {"groupname": "guests", "roles": [{"rolename": "reader"}]}
              ],
              "roles": [
                {"rolename": "reader", "acls": [
                  {"acltype": "publishClientReceive", "topic": "secret/#", "allow": false},
                  {"acltype": "publishClientReceive", "topic": "secret/open", "priority": 3, "allow": true},
                  {"acltype": "subscribePattern", "topic": "secret/#", "allow": false},
                  {"acltype": "subscribeLiteral", "topic": "secret/#", "allow": true},
                  {"acltype": "unsubscribePattern", "topic": "#", "allow": false}
                ]},
                {"rolename": "first", "acls": [{"acltype": "publishClientSend", "topic": "app/#", "allow": true}]}
              ],
              "anonymousGroup": "guests",
              "unknown": [1]
            }
            """;

    private RolesFixture() {}

    static Decision decide(DynamicSecurity roles, String account, Access access, String topic) {
        return roles.policy().decide(account, "c", access, TopicName.of(topic));
    }

    static boolean decides(AccessPolicy policy, @Nullable String account, String client, Access access, String topic) {
        boolean decided =
                policy.decide(account, client, access, TopicName.of(topic)).allowed();
        AccountAccess compiled = policy.accessOf(account, client);
        assertThat(access == Access.PUBLISH ? compiled.mayPublish(topic) : compiled.mayReceive(topic))
                .isEqualTo(decided);
        return decided;
    }

    static boolean subscribes(AccessPolicy policy, String client, String filter) {
        return policy.accessOf("hall", client).maySubscribe(TopicFilter.of(filter));
    }
}
