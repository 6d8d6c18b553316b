import type { ReactNode } from "react";
import { Empty, PageHead, Section } from "./page-layout";

type FormPageProps = {
  title: string;
  note?: ReactNode;
  /** Heading above the form. */
  section?: string;
  /** Shown instead of the form while it cannot be filled in. */
  missing?: { title: string; body: string; action?: ReactNode } | false;
  children: ReactNode;
};

/** A page with one form. */
export function FormPage({ title, note, section, missing, children }: FormPageProps) {
  return (
    <>
      <PageHead title={title} note={note} />
      {missing ? (
        <Empty title={missing.title} action={missing.action}>
          {missing.body}
        </Empty>
      ) : section === undefined ? (
        children
      ) : (
        <Section title={section}>{children}</Section>
      )}
    </>
  );
}
