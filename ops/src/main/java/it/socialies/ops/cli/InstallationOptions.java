// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.ops.data.DataFolder;
import java.net.URI;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The gateway to talk to and the data folder behind it. */
final class InstallationOptions {
    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--gateway",
            paramLabel = "URL",
            required = true,
            description = "Gateway, per esempio | for instance http://127.0.0.1:8080")
    private URI gateway = URI.create("");

    @Mixin
    private DataOption data = new DataOption();

    URI gateway() {
        if (gateway.getHost() == null || !("http".equals(gateway.getScheme()) || "https".equals(gateway.getScheme()))) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--gateway: http://host:port");
        }
        return gateway;
    }

    DataFolder folder() {
        return data.folder();
    }
}
