package io.alicia.mqtt.broker.tls;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Principal;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate that is valid at any time, and else the one that it is made of. The JDK's check of a chain asks all of
 * its certificates whether they are valid at one moment, and there may be none at which all of them are.
 */
final class UndatedCertificate extends X509Certificate {

    private static final long serialVersionUID = 1;

    private final X509Certificate of;

    UndatedCertificate(X509Certificate of) {
        this.of = of;
    }

    @Override
    public void checkValidity() {}

    @Override
    public void checkValidity(Date date) {}

    @Override
    public int getVersion() {
        return of.getVersion();
    }

    @Override
    public BigInteger getSerialNumber() {
        return of.getSerialNumber();
    }

    @Override
    @SuppressWarnings("deprecation") // abstract all the same
    public Principal getIssuerDN() {
        return of.getIssuerDN();
    }

    @Override
    @SuppressWarnings("deprecation") // abstract all the same
    public Principal getSubjectDN() {
        return of.getSubjectDN();
    }

    @Override
    public X500Principal getIssuerX500Principal() {
        return of.getIssuerX500Principal();
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return of.getSubjectX500Principal();
    }

    @Override
    public Date getNotBefore() {
        return of.getNotBefore();
    }

    @Override
    public Date getNotAfter() {
        return of.getNotAfter();
    }

    @Override
    public byte[] getTBSCertificate() throws CertificateEncodingException {
        return of.getTBSCertificate();
    }

    @Override
    public byte[] getSignature() {
        return of.getSignature();
    }

    @Override
    public String getSigAlgName() {
        return of.getSigAlgName();
    }

    @Override
    public String getSigAlgOID() {
        return of.getSigAlgOID();
    }

    @Override
    public byte[] getSigAlgParams() {
        return of.getSigAlgParams();
    }

    @Override
    public boolean[] getIssuerUniqueID() {
        return of.getIssuerUniqueID();
    }

    @Override
    public boolean[] getSubjectUniqueID() {
        return of.getSubjectUniqueID();
    }

    @Override
    public boolean[] getKeyUsage() {
        return of.getKeyUsage();
    }

    @Override
    public List<String> getExtendedKeyUsage() throws CertificateParsingException {
        return of.getExtendedKeyUsage();
    }

    @Override
    public int getBasicConstraints() {
        return of.getBasicConstraints();
    }

    @Override
    public Collection<List<?>> getSubjectAlternativeNames() throws CertificateParsingException {
        return of.getSubjectAlternativeNames();
    }

    @Override
    public Collection<List<?>> getIssuerAlternativeNames() throws CertificateParsingException {
        return of.getIssuerAlternativeNames();
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return of.hasUnsupportedCriticalExtension();
    }

    @Override
    public Set<String> getCriticalExtensionOIDs() {
        return of.getCriticalExtensionOIDs();
    }

    @Override
    public Set<String> getNonCriticalExtensionOIDs() {
        return of.getNonCriticalExtensionOIDs();
    }

    @Override
    public byte[] getExtensionValue(String oid) {
        return of.getExtensionValue(oid);
    }

    @Override
    public byte[] getEncoded() throws CertificateEncodingException {
        return of.getEncoded();
    }

    @Override
    public PublicKey getPublicKey() {
        return of.getPublicKey();
    }

    @Override
    public String toString() {
        return of.toString();
    }

    @Override
    public void verify(PublicKey key)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        of.verify(key);
    }

    @Override
    public void verify(PublicKey key, String provider)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        of.verify(key, provider);
    }

    @Override
    public void verify(PublicKey key, Provider provider)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, SignatureException {
        of.verify(key, provider);
    }
}
