import { CircleAlert, Info, Lock, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icons";

type Tone = "plain" | "care" | "bad" | "locked";

const tones: Record<Tone, { edge: string; ink: string; icon: LucideIcon }> = {
  plain: { edge: "border-line-strong bg-sunken", ink: "", icon: Info },
  locked: { edge: "border-line-strong bg-sunken", ink: "", icon: Lock },
  care: { edge: "border-warn bg-warn-wash", ink: "text-warn", icon: TriangleAlert },
  bad: { edge: "border-refuse bg-refuse-wash", ink: "text-refuse", icon: CircleAlert },
};

type BannerProps = {
  tone?: Tone;
  icon?: LucideIcon;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** `alert` is for something that has just gone wrong: screen readers announce it. */
  role?: "alert" | "status" | "group";
};

/** Shows what a person must know before they read the rest of the page. */
export function Banner({ tone = "plain", icon, title, children, actions, role }: BannerProps) {
  const { edge, ink, icon: own } = tones[tone];
  return (
    <div
      role={role ?? "group"}
      aria-label={title}
      className={`grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 gap-y-0.5 border-l-[3px] px-3 py-2.5 ${edge}`}
    >
      <Icon of={icon ?? own} className={`mt-0.5 ${ink}`} />
      <p>
        <b>{title}</b>
      </p>
      {children && <div className="col-start-2 text-sm">{children}</div>}
      {actions && (
        <div className="col-start-2 mt-1.5 flex flex-wrap items-center gap-2">{actions}</div>
      )}
    </div>
  );
}
