import type { Route } from "next";
import { useTranslations } from "next-intl";
import { Button, ButtonLink } from "./buttons";

type PagerProps = {
  /** Label of the navigation, with the number of items. */
  label: string;
  shown: string;
  newer?: Route | null;
  older?: Route | null;
};

/** Links to the newer and the older page. Lists use cursors, so there are no page numbers. */
export function Pager({ label, shown, newer, older }: PagerProps) {
  const t = useTranslations("pager");
  return (
    <nav
      aria-label={label}
      className="flex items-center justify-between gap-2 pt-2.5 text-sm text-muted"
    >
      <span className="tabular-nums">{shown}</span>
      <span className="flex gap-2">
        <Step href={newer}>{t("newer")}</Step>
        <Step href={older}>{t("older")}</Step>
      </span>
    </nav>
  );
}

const Step = ({ href, children }: { href: Route | null | undefined; children: string }) =>
  href ? (
    <ButtonLink size="small" href={href}>
      {children}
    </ButtonLink>
  ) : (
    <Button size="small" disabled>
      {children}
    </Button>
  );
