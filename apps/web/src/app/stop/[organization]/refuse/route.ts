import { say } from "@ringfence/core/platform/message";
import { optOutOnPage } from "@ringfence/services/do-not-call/stop-page";
import { getLocale } from "next-intl/server";
import { typedText } from "@/components/typed-text";
import { parseScope } from "@/features/do-not-call/stop-page/scope";
import {
  answerPublic,
  formTooLarge,
  redirectWithGet,
  readRequester,
  parseSmallForm,
} from "@/server/public-form";
import { addRequestedLanguage } from "@/server/request-path";
import { saveFormState } from "@/server/public-form";
import { loadStopPage } from "@/server/public-stop";

type Refuse = RouteContext<"/stop/[organization]/refuse">;

const MAX_PHONE = 256;

/** Records an opt-out for the typed number before it answers, whoever sends it and from any site. */
export const POST = (request: Request, { params }: Refuse) =>
  answerPublic(async () => {
    const { organization: address } = await params;
    const data = await parseSmallForm(request);
    if (data === null) return formTooLarge();
    const phone = typedText(data, "phone").slice(0, MAX_PHONE);
    const scope = data.has("whole") ? {} : parseScope(typedText(data, "scope"));
    const work = { challenge: typedText(data, "challenge"), nonce: typedText(data, "nonce") };
    const { receipt, fault } = await optOutOnPage(await loadStopPage(address), {
      phone,
      scope,
      visitor: { address: (await readRequester()).ip, work: work.nonce === "" ? null : work },
    });
    const path = `/stop/${address}`;
    if (fault) {
      const faults = { "/phone": say(await getLocale(), fault) };
      await saveFormState(path, { faults, given: { phone } });
      return redirectWithGet(await addRequestedLanguage(path, { again: "true" }));
    }
    return redirectWithGet(
      await addRequestedLanguage(receipt === null ? `${path}/done` : `/r/${receipt}`),
    );
  });

export const GET = async (_: Request, { params }: Refuse) =>
  redirectWithGet(await addRequestedLanguage(`/stop/${(await params).organization}`));
