import { type FormParameters, isTwilioSignature } from "@ringfence/core/do-not-call/inbound";
import type { Installation, RootContext } from "../../platform/context.ts";
import { believedSources } from "./believed-sources.ts";

/** A request as Twilio made it: `path` with its query, as it reached the API. */
export type TwilioRequest = { signature: string; path: string; parameters: FormParameters };

/** On whose behalf a request of Twilio comes: of who has connected its account, by the token of each. */
export function believedTwilio(
  installation: Installation,
  { signature, path, parameters }: TwilioRequest,
): Promise<RootContext[]> {
  const account = parameters.find(([name]) => name === "AccountSid")?.[1] ?? "";
  return believedSources(installation, { provider: "twilio", account }, ({ secret, origin }) =>
    isTwilioSignature(signature, secret, origin + path, parameters),
  );
}
