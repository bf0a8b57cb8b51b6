# Completion of tinyreorder for zsh: source <(tinyreorder completion zsh), after compinit
_tinyreorder() {
    local line="${BUFFER[1,CURSOR]}"
    # The tool completes what stands behind its own name.
    line="${${line##[[:space:]]#}#*[[:space:]]}"
    local -a words_known
    words_known=("${(@f)$(${words[1]} "[suggest:${#line}]" "$line" 2>/dev/null)}")
    compadd -a words_known || _files
}
compdef _tinyreorder tinyreorder
