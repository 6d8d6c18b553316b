/** Says why something could not be archived or restored, on a line of its own. */
export const ActFault = ({ error }: { error: { message: string } | null }) =>
  error && (
    <p role="alert" className="max-w-[34rem] basis-full text-sm text-refuse">
      {error.message}
    </p>
  );
