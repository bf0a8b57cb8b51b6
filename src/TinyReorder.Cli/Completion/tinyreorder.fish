# Completion of tinyreorder for fish: tinyreorder completion fish > ~/.config/fish/completions/tinyreorder.fish
function __tinyreorder_words
    # The tool completes what stands behind its own name.
    set -l line (string replace -r '^\s*\S+\s' '' -- (commandline -cp | string collect))
    tinyreorder "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
end
complete -c tinyreorder -a '(__tinyreorder_words)'
