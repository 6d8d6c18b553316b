/** Says why something could not be archived or restored. */
export const ActFault = ({ error }: { error: { message: string } | null }) =>
  error && (
    <p role="alert" className="max-w-80 text-sm text-refuse">
      {error.message}
    </p>
  );
