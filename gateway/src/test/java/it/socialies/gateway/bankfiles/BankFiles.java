// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.bankfiles;

/** Files as banks write them, of the little that is read of them. Everything is of 30 November 2026. */
public final class BankFiles {
    private BankFiles() {}

    /** camt.053 of a version such as {@code 08}. */
    public static String statement(String version, String entries) {
        return "<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001." + version
                + "\"><BkToCstmrStmt><Stmt>" + entries + "</Stmt></BkToCstmrStmt></Document>";
    }

    /** An entry in euro. */
    public static String entry(String amount, String direction, String status, String details) {
        return "<Ntry><Amt Ccy=\"EUR\">" + amount + "</Amt><CdtDbtInd>" + direction + "</CdtDbtInd><Sts>" + status
                + "</Sts><BookgDt><Dt>2026-11-30</Dt></BookgDt><NtryDtls>" + details + "</NtryDtls></Ntry>";
    }

    /** A transaction of an entry. */
    public static String details(String reference, String more) {
        return "<TxDtls><Refs><EndToEndId>" + reference + "</EndToEndId></Refs>" + more + "</TxDtls>";
    }

    /** What was paid, in a statement. */
    public static String paid(String reference, String amount) {
        return entry(amount, "DBIT", "<Cd>BOOK</Cd>", details(reference, ""));
    }

    /** What came back, in a statement. */
    public static String cameBack(String reference, String amount) {
        return entry(amount, "CRDT", "<Cd>BOOK</Cd>", details(reference, "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"));
    }

    /** Giornale di cassa of 2026. */
    public static String journal(String movements) {
        return "<flusso_giornale_di_cassa><esercizio>2026</esercizio><informazioni_conto_evidenza>" + movements
                + "</informazioni_conto_evidenza></flusso_giornale_di_cassa>";
    }

    /** A movement of its first beneficiary. */
    public static String movement(String document, String operation, String number, String amount) {
        return "<movimento_conto_evidenza><tipo_movimento>USCITA</tipo_movimento><tipo_documento>" + document
                + "</tipo_documento><tipo_operazione>" + operation + "</tipo_operazione><numero_documento>" + number
                + "</numero_documento><progressivo_documento>1</progressivo_documento><importo>" + amount
                + "</importo><data_movimento>2026-11-30</data_movimento><cliente><anagrafica_cliente>X</anagrafica_cliente></cliente></movimento_conto_evidenza>";
    }
}
