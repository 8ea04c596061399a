# Completes command lines of xianfeng in bash.
_xianfeng() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
    local command='' words='' count=0 i
    COMPREPLY=()
    # To bash `--format=json` is three words.
    if [[ $cur == '=' ]]; then
        cur=''
    elif [[ $prev == '=' ]]; then
        prev=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        @with-values@)
            [[ ${COMP_WORDS[i + 1]} != '=' ]] || i=$((i + 1))
            i=$((i + 1))
            ;;
        -*) ;;
        *)
            case "$command ${COMP_WORDS[i]}" in
            @names@
            *) count=$((count + 1)) ;;
            esac
            ;;
        esac
    done
    case "$command $prev" in
        @values@
        *)
        case "$command $count $cur" in
        @options@
        @words@
        esac
        ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _xianfeng xianfeng
