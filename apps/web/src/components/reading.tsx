import { useTranslations } from "next-intl";
import { type ReactNode, Suspense } from "react";
import { Skeleton } from "./skeleton";
import { PageHead } from "./page-head";

type ReadingProps = {
  /** Title of the page, if its head is loaded with the content. */
  title?: string;
  children: ReactNode;
};

/**
 * Shows a placeholder while its children load. Check access and existence before it: once the response
 * has started, its status can no longer become 403 or 404.
 */
export function Reading({ title, children }: ReadingProps) {
  const t = useTranslations("bones");
  const bones = <Skeleton label={t("reading")} />;
  const fallback = title ? (
    <>
      <PageHead title={title} />
      {bones}
    </>
  ) : (
    bones
  );
  return <Suspense fallback={fallback}>{children}</Suspense>;
}
