// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import it.socialies.gateway.people.PeopleVault;
import it.socialies.gateway.security.MasterKeys;
import it.socialies.gateway.security.Secrets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the people vault.
 *
 * @param masterKeyFile where the master keys are; null = among the secrets of the data folder
 */
record PeopleConfig(@Nullable Path masterKeyFile, PeopleVault.Settings vault) {

    /** The keys that wrap the keys of persons. Blocks. */
    MasterKeys masters(Secrets secrets) {
        return masterKeyFile == null
                ? new MasterKeys(secrets.ring(Secrets.Purpose.PEOPLE_MASTER), secrets.random())
                : MasterKeys.read(masterKeyFile, secrets.random());
    }
}
