import type { Link, RenderedForm } from "./rendered-form.ts";
import { speaksOf } from "./speech.ts";

type Linked = Pick<RenderedForm, "links" | "passages">;

/** The link to the privacy notice, if there is one. */
export const privacyLinkOf = ({ links }: Linked): Link | null =>
  links.find(({ text }) => speaksOf("privacyPolicy", text)) ?? null;

/** The link by which one withdraws: it says so itself, or stands in a passage that does. */
export function withdrawalLinkOf({ links, passages }: Linked): Link | null {
  const outspoken = links.find(({ text }) => speaksOf("withdraw", text));
  if (outspoken !== undefined) return outspoken;
  const explaining = passages.filter(({ text }) => speaksOf("withdraw", text));
  const within = links.find(({ selector, text }) =>
    explaining.some(
      (passage) =>
        selector.startsWith(`${passage.selector} > `) && !speaksOf("privacyPolicy", text),
    ),
  );
  return within ?? null;
}
