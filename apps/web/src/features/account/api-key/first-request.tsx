import type { Scope } from "@ringfence/core/platform/access";
import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/client-buttons";
import { Section } from "@/components/page-layout";

export type ApiAddress = {
  url: string;
  /** Key of a purpose, for the example of a call to screen. */
  purpose: string;
};

type FirstRequestProps = { api: ApiAddress; scopes: readonly Scope[]; secret?: string };

/**
 * A request to paste into a terminal, which shows that a key works, and a link to the API's own docs. A key that can
 * neither screen nor read opt-outs gets the link alone, because a first try should record nothing else.
 */
export function FirstRequest({ api, scopes, secret = "$RINGFENCE_KEY" }: FirstRequestProps) {
  const t = useTranslations("firstRequest");
  const request = writeRequest(api, scopes, secret);
  const docs = `${api.url}/docs`;
  return (
    <Section title={t("title")}>
      <div className="grid max-w-[46rem] grid-cols-[minmax(0,1fr)] justify-items-start gap-3 pt-3">
        {request === null ? (
          <p>{t("writesOnly")}</p>
        ) : (
          <>
            <p>{scopes.includes("screen") ? t("screens") : t("reads")}</p>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached */}
            <pre tabIndex={0} className="w-full overflow-x-auto bg-sunken p-3 font-mono text-xs">
              {request}
            </pre>
            <CopyButton text={request} />
          </>
        )}
        <p>{t.rich("docs", { link: (text) => <a href={docs}>{text}</a> })}</p>
      </div>
    </Section>
  );
}

const header = (text: string) => `  -H "${text}"`;

function writeRequest({ url, purpose }: ApiAddress, scopes: readonly Scope[], secret: string) {
  const authorization = header(`Authorization: Bearer ${secret}`);
  if (scopes.includes("screen")) {
    const call = JSON.stringify({ phone: "+1 (201) 555-0123", purpose });
    return [
      `curl "${url}/v1/screenings"`,
      authorization,
      header("Content-Type: application/json"),
      `  -d '${call}'`,
    ].join(" \\\n");
  }
  if (!scopes.includes("opt-outs:read")) return null;
  return [`curl "${url}/v1/opt-outs?limit=1"`, authorization].join(" \\\n");
}
