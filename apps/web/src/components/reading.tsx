import { useTranslations } from "next-intl";
import { type ReactNode, Suspense } from "react";
import { Bones } from "./bones";
import { PageHead } from "./page-head";

type ReadingProps = {
  /** The name of the page, where its head comes with what is read. */
  title?: string;
  children: ReactNode;
};

/**
 * What takes a while to read, and bones until it is there. Whether the page is there at all, and whose it
 * is, has to be known before: an answer that has begun cannot be 403 or 404 any more.
 */
export function Reading({ title, children }: ReadingProps) {
  const t = useTranslations("bones");
  const bones = <Bones label={t("reading")} />;
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
