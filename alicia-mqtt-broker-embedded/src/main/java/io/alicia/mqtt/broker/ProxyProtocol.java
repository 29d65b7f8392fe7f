package io.alicia.mqtt.broker;

/**
 * Which PROXY protocol a load balancer in front of a listener speaks: the connection begins with a header that says
 * where the client really comes from. Whoever reaches such a listener without the load balancer can claim any address,
 * and with certificates any account.
 */
public enum ProxyProtocol {
    /** The line in text ({@code enable_proxy_protocol 1}): addresses only. */
    V1,
    /** The binary header ({@code enable_proxy_protocol 2}): addresses, and the TLS that ended at the load balancer. */
    V2
}
