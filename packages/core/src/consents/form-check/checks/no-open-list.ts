import { cannotTell, failed, type Finding, passed, quoting } from "../finding.ts";
import { partsOf } from "../form-parts.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { sentenceOn } from "../speech.ts";

/** 8. Nobody agrees to calls of "partners" or "selected companies", who may be anyone. */
export function noOpenList(form: RenderedForm): Finding {
  const { text } = partsOf(form);
  if (text === "") return cannotTell({ key: "form-check.no-text.ask" });

  const open = sentenceOn("openList", text, ["negation"]);
  if (open !== null) {
    return failed(
      { key: "form-check.no-open-list.open", values: { sentence: open } },
      quoting(open),
    );
  }
  const denied = sentenceOn("openList", text);
  if (denied === null) return passed(quoting(text));
  return cannotTell(
    { key: "form-check.no-open-list.ask", values: { sentence: denied } },
    quoting(denied),
  );
}
