/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { certifyStatement, certifyWithoutChain } from "./create-certificate.ts";
export { PrintSettings, layOutCertificate } from "./certificate-layout.ts";
