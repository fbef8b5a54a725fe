# Parameters and constants are environment variables.
printf '%s! These are the parameters:\n\n' "$greeting"
printf 'experiment   %s\n' "$experiment"
printf 'attachment   %s\n' "$attachment"
printf 'sample       %s\n' "$sample"
printf 'remark       %s\n' "$remark"
printf 'repetitions  %s\n' "$repetitions"
printf 'frequency    %s\n' "$frequency"
printf 'averaging    %s\n' "$averaging"
printf 'window       %s\n' "$window"
printf '\nThe server answers at %s\n' "$aqueduct_url"

# What goes to the error output is kept apart, and fails nothing. The exit code does: 0 is success.
echo 'nothing went wrong' >&2
