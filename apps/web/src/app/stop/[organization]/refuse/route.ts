import { say } from "@ringfence/core/platform/message";
import { optOutOnPage } from "@ringfence/services/do-not-call/stop-page";
import { getLocale } from "next-intl/server";
import { typedText } from "@/components/typed-text";
import { parseScope } from "@/features/do-not-call/stop-page/scope";
import { answerPublic, formTooLarge, seeOther, seenRequest, smallForm } from "@/server/public-form";
import { inAskedLanguage } from "@/server/request-path";
import { keepState } from "@/server/kept-state";
import { visiting } from "@/server/public-stop";

type Refuse = RouteContext<"/stop/[organization]/refuse">;

const MAX_PHONE = 256;

/** Records an opt-out for the typed number before it answers, whoever sends it and from any site. */
export const POST = (request: Request, { params }: Refuse) =>
  answerPublic(async () => {
    const { organization: address } = await params;
    const data = await smallForm(request);
    if (data === null) return formTooLarge();
    const phone = typedText(data, "phone").slice(0, MAX_PHONE);
    const scope = data.has("whole") ? {} : parseScope(typedText(data, "scope"));
    const work = { challenge: typedText(data, "challenge"), nonce: typedText(data, "nonce") };
    const { receipt, fault } = await optOutOnPage(await visiting(address), {
      phone,
      scope,
      visitor: { address: (await seenRequest()).ip, work: work.nonce === "" ? null : work },
    });
    const path = `/stop/${address}`;
    if (fault) {
      const faults = { "/phone": say(await getLocale(), fault) };
      await keepState(path, { faults, given: { phone } });
      return seeOther(await inAskedLanguage(path, { again: "true" }));
    }
    return seeOther(await inAskedLanguage(receipt === null ? `${path}/done` : `/r/${receipt}`));
  });

export const GET = async (_: Request, { params }: Refuse) =>
  seeOther(await inAskedLanguage(`/stop/${(await params).organization}`));
