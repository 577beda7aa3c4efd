%% erlang_server <port> <certificate> <key> <parameters>: TLS 1.2 with DHE on loopback.
main([Port, Certificate, Key, Parameters]) ->
    {ok, _} = application:ensure_all_started(ssl),
    Suites = [S || S = #{key_exchange := dhe_rsa} <- ssl:cipher_suites(all, 'tlsv1.2')],
    Options = [{ip, {127, 0, 0, 1}}, {reuseaddr, true}, {certfile, Certificate}, {keyfile, Key}, {dhfile, Parameters},
               {versions, ['tlsv1.2']}, {ciphers, Suites}, {log_level, none}],
    {ok, Listener} = ssl:listen(list_to_integer(Port), Options),
    accept(Listener).

accept(Listener) ->
    {ok, Socket} = ssl:transport_accept(Listener),
    spawn(fun() ->
        case ssl:handshake(Socket, 30000) of
            {ok, Secure} -> ssl:recv(Secure, 0, 5000), ssl:close(Secure);
            _ -> ok
        end
    end),
    accept(Listener).
