import type { EndpointId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Button } from "@/components/button";

type ChangeLinkProps = { endpointId: EndpointId; whyNot: string | undefined };

/** The way to change how a dialer is spoken to, or why it is shut. */
export function ChangeLink({ endpointId, whyNot }: ChangeLinkProps) {
  const t = useTranslations("endpoint");
  return whyNot === undefined ? (
    <Link href={`/endpoints/${endpointId}/change`}>{t("changeSettings")}</Link>
  ) : (
    <Button size="small" whyNot={whyNot}>
      {t("changeSettings")}
    </Button>
  );
}
