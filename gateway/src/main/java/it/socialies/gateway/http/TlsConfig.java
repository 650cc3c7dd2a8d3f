// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import java.nio.file.Path;

/**
 * HTTPS of our own, beside plain HTTP on the loopback of this machine.
 *
 * @param host address to listen on
 * @param port 0 = any free one
 * @param certificate chain in PEM, the server's own first
 * @param key its private key in PEM (PKCS#8), readable by its owner only
 * @param renewalSeconds how often it is looked whether the two were renewed
 */
public record TlsConfig(String host, int port, Path certificate, Path key, int renewalSeconds) {}
