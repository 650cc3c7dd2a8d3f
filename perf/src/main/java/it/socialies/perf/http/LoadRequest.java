// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.http;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/**
 * A POST, complete and signed before the load begins, so that making it costs nothing while it is measured.
 *
 * @param payments how many it asks for
 */
record LoadRequest(String path, List<Map.Entry<String, String>> headers, Buffer body, int payments) {}
