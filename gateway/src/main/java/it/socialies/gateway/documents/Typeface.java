// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

/** The fonts of printed documents, embedded in each: Titillium Web (SIL OFL 1.1) and Roboto Mono (Apache 2.0); their licences lie beside them. */
enum Typeface {
    REGULAR("Titillium_Web/titillium-web-v10-latin-ext_latin-regular.ttf"),
    SEMIBOLD("Titillium_Web/titillium-web-v10-latin-ext_latin-600.ttf"),
    BOLD("Titillium_Web/titillium-web-v10-latin-ext_latin-700.ttf"),
    /** For numbers and codes: no digit looks like a letter. */
    MONO("Roboto_Mono/roboto-mono-v13-latin-ext_latin-700.ttf");

    private final String file;

    Typeface(String file) {
        this.file = file;
    }

    String resource() {
        return "/fonts/" + file;
    }
}
