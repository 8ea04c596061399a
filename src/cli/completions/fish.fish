# Completes command lines of xianfeng in fish.

# Is this the command so far, and (if a number is given) with so many words after it?
function __xianfeng_after
    set -l command ''
    set -l count 0
    set -l is_value 0
    for word in (commandline -opc)[2..-1]
        if test $is_value = 1
            set is_value 0
            continue
        end
        switch $word
            case @with-values@
                set is_value 1
            case '-*'
            case '*'
                switch "$command $word"
                    @names@
                    case '*'
                        set count (math $count + 1)
                end
        end
    end
    test "$command" = "$argv[1]"
    and test (count $argv) = 1 -o "$count" = "$argv[2]"
end

complete -c xianfeng -f
