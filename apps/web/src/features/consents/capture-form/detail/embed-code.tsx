import { script } from "@ringfence/capture/script";
import type { CaptureFormView } from "@ringfence/services/consents/capture-form";
import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/client-buttons";
import { Empty, Section } from "@/components/page-layout";

type EmbedCodeProps = {
  form: Pick<CaptureFormView, "id" | "address" | "kind" | "versions">;
  publicUrl: string;
  apiUrl: string;
};

/** Shows how people reach the form: its hosted page, the code to embed, paper and script. */
export function EmbedCode({ form, publicUrl, apiUrl }: EmbedCodeProps) {
  const t = useTranslations("whereItStands");
  const { id, address, versions } = form;
  if (versions.length === 0) {
    return (
      <Section title={t("title")}>
        <Empty title={t("notYet")}>{t("notYetBody")}</Empty>
      </Section>
    );
  }
  const hosted = `${publicUrl}/f/${address}`;
  const snippet = createSnippet(address, apiUrl);
  return (
    <Section title={t("title")}>
      <div className="grid gap-4 pt-3">
        <div>
          <h3>{t("hosted")}</h3>
          <p className="break-all">
            <a href={hosted}>{hosted}</a>
          </p>
        </div>
        <p className="flex flex-wrap gap-4">
          <a href={`/forms/${id}/paper`}>{t("paper")}</a>
          <a href={`/forms/${id}/script`}>{t("script")}</a>
        </p>
        <div className="grid gap-1.5">
          <h3>{t("own")}</h3>
          <p className="text-muted">{t("ownHint")}</p>
          {/* The keyboard has to reach a scrollable area. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre tabIndex={0} className="scroll bg-sunken p-3 font-mono text-xs">
            {snippet}
          </pre>
          <p>
            <CopyButton text={snippet} />
          </p>
        </div>
      </div>
    </Section>
  );
}

const createSnippet = (
  address: string,
  apiUrl: string,
) => `<script src="${apiUrl}/consent.js" defer crossorigin="anonymous"
  integrity="${script.integrity}"></script>

<form data-ringfence="${address}" …>
  <input type="tel" …>
  <label><input type="checkbox" data-ringfence-box="advertising">
    <span data-ringfence-text="advertising"></span></label>
</form>
<a data-ringfence-receipt hidden>Your copy, and how to withdraw</a>`;
