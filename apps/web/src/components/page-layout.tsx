import { Fragment, type ReactNode, Suspense, useId } from "react";
import { useFormatter, useTranslations } from "next-intl";
import type { Role } from "@ringfence/core/platform/access";
import { Banner } from "./banner";

type PageHeadProps = { title: string; note?: ReactNode; children?: ReactNode };

/** Head of a page: its title, a note on its subject, and the main action. */
export const PageHead = ({ title, note, children }: PageHeadProps) => (
  <header className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2">
    <h1>{title}</h1>
    {note && <p className="min-w-48 flex-1 text-sm text-muted">{note}</p>}
    {children && (
      <div className="ml-auto flex flex-wrap items-center gap-2 max-sm:has-[form]:w-full max-sm:[&>form]:w-full">
        {children}
      </div>
    )}
  </header>
);

type SectionProps = {
  title: string;
  /** Content at the right end of the heading: a note or one link. */
  aside?: ReactNode;
  children: ReactNode;
};

/** Section with a heading and a rule below it. */
export function Section({ title, aside, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-8">
      <header className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-b border-ink pb-2">
        <h2 id={id}>{title}</h2>
        {aside && (
          <div className="basis-full text-sm text-muted sm:ml-auto sm:basis-auto">{aside}</div>
        )}
      </header>
      {children}
    </section>
  );
}

type ColumnsProps = { children: ReactNode; isEven?: boolean };

/** Places two sections side by side where there is room. The first is wider unless `isEven`. */
export const Columns = ({ children, isEven = false }: ColumnsProps) => (
  <div
    className={`mt-9 grid grid-cols-1 items-start gap-8 lg:gap-10 [&>section]:mt-0 ${
      isEven ? "lg:grid-cols-2" : "lg:grid-cols-[minmax(0,1.75fr)_minmax(0,1fr)]"
    }`}
  >
    {children}
  </div>
);

type EmptyProps = { title: string; children?: ReactNode; action?: ReactNode };

/** Says that there is nothing yet, what follows from that, and what to do next. */
export const Empty = ({ title, children, action }: EmptyProps) => (
  <div className="grid justify-items-start gap-1.5 border-b border-line py-7">
    <p>
      <b>{title}</b>
    </p>
    {children && <div className="max-w-[46rem] text-muted">{children}</div>}
    {action && <div className="mt-2">{action}</div>}
  </div>
);

export type Fact = { name: string; value: ReactNode; notes?: readonly ReactNode[] };

/** Lists names and values. Notes add a date or an earlier value. */
export const Facts = ({ facts }: { facts: readonly Fact[] }) => (
  <dl className="facts">
    {facts.map(({ name, value, notes = [] }) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
        {notes.map((note, i) => (
          // eslint-disable-next-line react/no-array-index-key -- notes never move
          <Fragment key={i}>
            <dd>{note}</dd>
          </Fragment>
        ))}
      </div>
    ))}
  </dl>
);

const widths = ["w-[62%]", "w-[88%]", "w-[74%]", "w-[81%]"];

/** Placeholder for content that takes longer than 300 ms to load. */
export const Skeleton = ({ label }: { label: string }) => (
  <output aria-busy className="bones grid gap-3 pt-3">
    <span className="sr-only">{label}</span>
    {widths.map((width) => (
      <span key={width} className={`bone ${width}`} />
    ))}
  </output>
);

type LoadingContentProps = {
  /** Title of the page, if its head is loaded with the content. */
  title?: string;
  children: ReactNode;
};

/**
 * Shows a placeholder while its children load. Check access and existence before it: once the response
 * has started, its status can no longer become 403 or 404.
 */
export function LoadingContent({ title, children }: LoadingContentProps) {
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

type NoPermissionProps = {
  /** Name of the page, as in the navigation. */
  what: string;
  /** Roles that may open it. */
  roles: readonly Role[];
  member: { role: Role; organizationName: string };
};

/** Explains why the member may not open a page, and who may. */
export function NoPermission({ what, roles, member }: NoPermissionProps) {
  const t = useTranslations("noPermission");
  const roleNames = useTranslations("roles");
  const format = useFormatter();
  const others = format.list(roles.map((other) => roleNames(other)));
  return (
    <Banner tone="locked" title={t("title", { what, role: t(`as.${member.role}`) })}>
      {t("who", { roles: others, organization: member.organizationName })}
    </Banner>
  );
}
